using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Statements;

namespace IncidentHub.Tests.Domain.Statements;

public sealed class CollectionTextTests
{
    private static readonly DateTimeOffset From = new(2026, 6, 12, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_says_what_is_collected_what_was_exposed_and_whom_to_ask()
    {
        var program = new CollectingProgram(new()
        {
            Name = "Call notes",
            Categories = ["audio", "private-communications"],
            Surfaces = ["phones"],
            Population = "support staff",
            Regions = ["US", "XX"],
            Participation = Participation.OptOut,
            Notice = "Notice 7",
        }, "Owner");
        var exposed = new ExposedData(["transcriptions"], From, From.AddDays(2), new(AudienceScope.NamedGroup, "research"),
            new(AudienceScope.WholeCompany), 1095);
        Assert.Equal("What Call notes collects", CollectionText.Title([program]));
        Assert.Equal(
            [
                "Call notes collects audio and private communications on phones, from support staff, in United States and XX. "
                    + "People take part unless they object.",
                "Exposed: transcriptions, from 12 June 2026 until 14 June 2026. It was promised to be for research only. "
                    + "It could be read by the whole company. It is kept for 1,095 days.",
                "Owner answers for Call notes (notice: Notice 7). Ask privacy what is held of you, and to have it corrected or erased: "
                    + "by a question on this page, or directly.",
            ],
            CollectionText.Body([program], [exposed]).Split("\n\n"));
    }

    [Fact]
    public void What_is_not_known_is_said_and_not_left_out()
    {
        var body = CollectionText.Body([], [new([], null, null, null, null, null), new([], From, null, null, null, null),
            new([], null, From, null, null, null)]);
        Assert.Equal("What was collected", CollectionText.Title([]));
        foreach (var said in (string[])["of a kind that is not stated yet, for a time that is not known yet.", "since 12 June 2026.",
            "until 12 June 2026; since when is not known yet."]) Assert.Contains(said, body, StringComparison.Ordinal);
        Assert.DoesNotContain("promised", body, StringComparison.Ordinal);
    }
}
