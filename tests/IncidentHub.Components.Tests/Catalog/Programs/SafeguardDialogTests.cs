using IncidentHub.Catalog.Programs;
using IncidentHub.Catalog.Programs.Parts;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Catalog.Programs;

public class SafeguardDialogTests : ComponentTest
{
    private int _done;

    [Fact]
    public async Task A_verification_records_its_finding_and_its_evidence()
    {
        var dialog = await VerifyAsync();
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("Choose what you found.", dialog.Find("fieldset[aria-invalid=true]").TextContent);
        dialog.Choose("The safeguard holds");
        await dialog.Find("form").SubmitAsync();
        Assert.NotNull(dialog.Error("Evidence"));
        Assert.Equal(0, _done);
        dialog.Act(() => dialog.Field("Evidence").Change("Bucket policy and key listed."));
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(1, _done);
        Assert.Equal("Verified", (await SafeguardAsync()).Text("status"));
    }

    [Fact]
    public async Task A_stale_verification_is_refused_with_the_name_of_the_other_person_and_keeps_the_evidence()
    {
        var dialog = await VerifyAsync();
        dialog.Choose("The safeguard holds");
        dialog.Act(() => dialog.Field("Evidence").Change("Bucket policy and key listed."));
        await (await Hub.AsAsync("privacy")).MakeAsync("/api/v1/programs/MCI/safeguards/1/verify",
            new { holds = false, evidence = "The key is shared." });
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("Privacy", dialog.Find(".notice").TextContent);
        Assert.True(dialog.Offers("Load the change"));
        Assert.Equal("Broken", (await SafeguardAsync()).Text("status"));
        Assert.Contains("Bucket policy and key listed.", dialog.Markup);
    }

    [Fact]
    public async Task A_safeguard_is_recorded_with_its_source_and_a_past_date()
    {
        await Hub.LiveAsync("MCI");
        var dialog = RenderAs<RecordSafeguardDialog>("owner", ("Code", "MCI"), ("OnDone", Done));
        dialog.Act(() => dialog.Field("Commitment").Change("Encrypted at rest"));
        dialog.Field("Date (optional)").Change("2999-01-01");
        await dialog.Find("form").SubmitAsync();
        Assert.NotNull(dialog.Error("Source"));
        Assert.NotNull(dialog.Error("Date (optional)"));
        Assert.Null(dialog.Error("Commitment"));
        dialog.Act(() => dialog.Field("Source").Change("Launch memo"));
        dialog.Field("Date (optional)").Change("2026-04-20");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(1, _done);
    }

    [Theory]
    [InlineData("owner", true, true)]
    [InlineData("responder", true, false)]
    [InlineData("executive", false, false)]
    public async Task Each_role_is_offered_its_permitted_acts(string account, bool verifies, bool records)
    {
        var line = await LineAsync();
        var program = await Hub.Db.ReadAsync(sql => ProgramStore.LoadAsync(sql, "MCI"));
        var card = RenderAs<ProgramSafeguards>(
            account, ("Code", "MCI"), ("Safeguards", (IReadOnlyList<SafeguardLine>)[line]),
                ("Relation", program!.Relation(TestHub.Actor(account))));
        Assert.Contains("0 of 1 verified", card.Markup);
        Assert.Equal((verifies, records), (card.Offers("Verify: Encrypted at rest"), card.Offers("Record a safeguard…")));
    }

    private EventCallback Done => EventCallback.Factory.Create(this, () => _done++);

    private async Task<IRenderedComponent<IComponent>> VerifyAsync() =>
        RenderAs<VerifySafeguardDialog>("responder", ("Code", "MCI"), ("Safeguard", await LineAsync()), ("OnDone", Done));

    private async Task<SafeguardLine> LineAsync()
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("owner"))
            .MakeAsync("/api/v1/programs/MCI/safeguards", new { text = "Encrypted at rest", source = "Launch memo" });
        var program = await Hub.Db.ReadAsync(sql => ProgramStore.LoadAsync(sql, "MCI"));
        return SafeguardLine.Of((await Hub.Db.ReadAsync(sql => SafeguardStore.OfProgramAsync(sql, program!.State.Id)))[0], null);
    }

    private async Task<System.Text.Json.JsonElement> SafeguardAsync() =>
        (await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI")).GetProperty("safeguards")[0];
}
