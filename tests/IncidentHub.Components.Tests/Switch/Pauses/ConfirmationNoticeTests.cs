using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses.Parts;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Switch.Pauses;

public class ConfirmationNoticeTests : ComponentTest
{
    [Fact]
    public async Task After_a_restored_backup_a_responder_sees_what_the_program_waits_for()
    {
        var notice = await ShowAsync("responder", Relation.None);
        Assert.Contains("MCI collects nothing until its owner confirms.", notice.Markup, StringComparison.Ordinal);
        Assert.False(notice.Offers("Confirm…"));
    }

    [Fact]
    public async Task The_owner_confirms_with_a_reason_and_the_notice_disappears()
    {
        var notice = await ShowAsync("owner", Relation.OwnProgram);
        notice.Press("Confirm…");
        await notice.WaitForElement("form").SubmitAsync();
        Assert.NotNull(notice.Error("How you know"));
        notice.Act(() => notice.Field("How you know").Change("Compared with the orders."));
        await notice.Find("form").SubmitAsync();
        notice.WaitForAssertion(() => Assert.Empty(notice.FindAll(".notice")));
        var standing = await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI/switch");
        Assert.False(standing.GetProperty("needsConfirmation").GetBoolean());
    }

    private async Task<IRenderedComponent<IComponent>> ShowAsync(string account, Relation relation)
    {
        await Hub.LiveAsync("MCI");
        await Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.RaiseAsync(new DatabaseRestored(null), Actor.System);
            return default(Done);
        });
        var notice = RenderAs<ConfirmationNotice>(account, ("Code", "MCI"), ("ProgramId", (await Hub.SwitchAsync("MCI")).ProgramId),
            ("Relation", relation));
        notice.WaitForElement(".notice");
        return notice;
    }
}
