using IncidentHub.Browser.Tests.Story;

namespace IncidentHub.Browser.Tests;

/// <summary>What may follow a resume, by each role through the pages.</summary>
[Collection(nameof(AloneCollection))]
public sealed class JourneyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_second_exposure_pauses_a_staged_resume_again_and_a_termination_is_proven_by_evidence()
    {
        await using var stage = new Stage();
        await stage.InitializeAsync();
        await stage.PlayAsync(async () =>
        {
            var responder = await Journey.DeclareAsync(stage);
            var owner = await stage.AsAsync("owner");
            await owner.GoAsync("/programs/MCI");
            await Journey.ResumeInStagesAsync(stage, owner);
            await Journey.PauseAgainAsync(stage, responder, owner);
            await Journey.TerminateAsync(stage, owner);
        }, output);
        Assert.Empty(stage.Complaints);
    }
}
