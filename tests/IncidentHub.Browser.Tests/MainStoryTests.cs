using IncidentHub.Browser.Tests.Story;

namespace IncidentHub.Browser.Tests;

/// <summary>The main story through the pages only: each person in their own browser, with the sample agent.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MainStoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_main_story_runs_from_the_first_flag_to_the_resume_in_the_browser()
    {
        await using var stage = new Stage();
        await stage.InitializeAsync();
        await stage.PlayAsync(async () =>
        {
            var owner = await Opening.EnrolAsync(stage);
            var responder = await Opening.FlagAndDeclareAsync(stage, owner);
            await Opening.StopAsync(stage, owner, responder);
            await Middle.ContainReopenResolveAsync(stage, responder);
            await Ending.DecideAsync(stage, owner);
            await Ending.AssertTimelineAsync(responder);
            await Ending.AssertAuditAsync(stage);
        }, output);
        Assert.True(stage.Complaints.Count == 0, string.Join(Environment.NewLine, stage.Complaints));
        foreach (var (what, took) in stage.Seen) output.WriteLine($"{took.TotalMilliseconds,5:0} ms  {what}");
    }
}
