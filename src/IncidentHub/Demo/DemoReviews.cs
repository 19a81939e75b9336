using IncidentHub.Domain.Access;
using IncidentHub.Domain.Reviews;
using IncidentHub.Response.Reviews;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Reviews of the closed incidents, some days after each close. Of the last ones, one is not written yet.</summary>
internal sealed class DemoReviews(ReviewCommands reviews)
{
    private static readonly string[] Factors =
    [
        "The grant was inherited from a folder above, where nobody looked.", "The check ran weekly; the change came a day after it.",
        "The owner of the dataset had moved to another team.", "The export had no end date.",
    ];

    private static readonly string[] WentWell =
    [
        "The pause was proven within two minutes.", "Whoever noticed it knew where to say so.", "Privacy was in the call from the start.",
        "The list of datasets downstream was complete.",
    ];

    private static readonly string[] Lessons =
    [
        "Grants of datasets in this program are reviewed every month.", "Copies are made by the pipeline only, with their safeguards.",
        "A change of an audience needs a second person.", "The alert goes to the owner and the deputies.",
    ];

    /// <param name="now">Reviews that would be written later than this are not.</param>
    public void Write(DemoScript script, DateTimeOffset now, DateTimeOffset closed, Func<string> code, Actor actor)
    {
        // Its own numbers: the rest of the story does not depend on them.
        var random = new Random(closed.DayOfYear);
        var written = closed.AddDays(2 + random.Next(4));
        var (first, second, text) = (random.Next(10), random.Next(10), random.Next(4));
        if (written > now.AddHours(-1)) return;
        script.At(written, async tx =>
        {
            var causes = (await CauseStore.ListAsync(tx)).Select(c => c.Id).Order().ToList();
            Must(await reviews.RunAsync(tx, code(), new SaveReview(
                // Some causes recur.
                [causes[first / 2], .. first % 3 == 0 ? [causes[second]] : Array.Empty<Guid>()],
                Factors[text], WentWell[(text + first) % 4], Lessons[(text + second) % 4]), null, actor));
            Must(await reviews.RunAsync(tx, code(), new CompleteReview(default), null, actor));
        });
    }
}
