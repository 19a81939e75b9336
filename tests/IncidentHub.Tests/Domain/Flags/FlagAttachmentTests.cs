using IncidentHub.Domain;
using IncidentHub.Domain.Flags;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.Flags;

public class FlagAttachmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly FlagState Flag = new() { Id = SampleEvents.Id(), Code = "F-1", Report = new("It is open."), FlaggedAt = Now };

    private static FlagAttachment[] Files(int count) =>
        [.. Enumerable.Range(0, count).Select(i =>
            new FlagAttachment(SampleEvents.Id(), AttachmentKind.Png, 10, new string((char)('a' + i), 64)))];

    [Fact]
    public void Each_file_is_an_event_of_its_flag_or_of_its_message()
    {
        var files = Files(2);
        var filed = FlagRules.Decide(null, new FileFlag(Flag.Id, "F-1", Flag.Report, null, null, files), Now).Value;
        Assert.Equal([new FlagFiled("F-1", true), new FlagAttached(files[0], null), new FlagAttached(files[1], null)], filed.Events);
        var message = SampleEvents.Id();
        var said = FlagRules.Decide(Flag, new WriteFlagMessage(message, FlagSide.Reporter, null, "", Files(1)), Now).Value;
        Assert.Equal("", Assert.IsType<FlagMessageWritten>(said.Events[0]).Message.Body);
        Assert.Equal(message, Assert.IsType<FlagAttached>(said.Events[1]).MessageId);
    }

    [Fact]
    public void A_message_without_text_and_file_is_refused() => Assert.Equal(["message"],
        FlagRules.Decide(Flag, new WriteFlagMessage(SampleEvents.Id(), FlagSide.Reporter, null, " "), Now).Refusal!.Errors!.Keys);

    [Fact]
    public void Only_the_reporter_attaches() => Assert.Equal(RefusalKind.Forbidden,
        FlagRules.Decide(Flag, new WriteFlagMessage(SampleEvents.Id(), FlagSide.Triage, SampleEvents.Id(), "See.", Files(1)), Now)
            .Refusal!.Kind);

    [Theory]
    [InlineData(FlagRules.MaxFilesAtOnce, true)]
    [InlineData(FlagRules.MaxFilesAtOnce + 1, false)]
    public void Only_so_many_files_come_at_once(int count, bool accepted)
    {
        Assert.Equal(accepted, FlagRules.Decide(null, new FileFlag(Flag.Id, "F-1", Flag.Report, null, null, Files(count)), Now).IsOk);
        var say = new WriteFlagMessage(SampleEvents.Id(), FlagSide.Reporter, null, "More.", Files(count));
        Assert.Equal(accepted, FlagRules.Decide(Flag, say, Now).IsOk);
    }

    [Fact]
    public void A_flag_holds_only_so_many_files_and_each_once()
    {
        var present = Files(FlagRules.MaxFiles - 1).Select(f => f.Sha256).ToList();
        Assert.Null(FlagRules.CheckFiles(present, [Files(FlagRules.MaxFiles)[^1]]));
        Assert.Contains("already", FlagRules.CheckFiles(present, Files(1))!.Errors!["file"][0]);
        Assert.NotNull(FlagRules.CheckFiles([.. present, "x"], [Files(FlagRules.MaxFiles)[^1]]));
    }
}
