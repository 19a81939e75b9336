using System.Text;
using System.Text.Json.Nodes;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// Two hubs with the same story, one of which also has a restricted incident: to everybody who may not see it, both answer the same.
/// </summary>
public sealed class TwoWorldsTests
{
    public static readonly string[] Readers =
        ["employee", "owner", "deputy", "responder-2", "executive", "administrator", "auditor", "data-protection"];

    [Fact]
    public async Task The_same_story_told_twice_gives_the_same_answers()
    {
        await using var one = await World.RunAsync(TwoWorldsStory.Open, []);
        await using var two = await World.RunAsync(TwoWorldsStory.Open, []);
        Assert.Empty(await DifferencesAsync(one, two, ["INC-RSECRE"], ["responder", .. Readers]));
    }

    [Fact]
    public async Task A_restricted_incident_changes_no_answer_to_those_who_may_not_see_it()
    {
        await using var without = await World.RunAsync(TwoWorldsStory.Open, []);
        await using var with = await World.RunAsync(TwoWorldsStory.Open, Secret.Steps);
        var differences = await DifferencesAsync(without, with, Secret.CodesOf(with), Readers);
        Assert.True(differences.Count == 0, $"{differences.Count} answers differ:\n{string.Join('\n', differences.Take(60))}");
    }

    /// <summary>
    /// Counsel's privileged notes on an open incident: nobody else learns of them, not its commander and not privacy, which is not named;
    /// not by redacting the same words elsewhere either.
    /// </summary>
    [Fact]
    public async Task Privileged_notes_change_no_answer_to_anybody_but_counsel()
    {
        IReadOnlyList<Func<World, Task>> story = [.. TwoWorldsStory.Open, .. TwoWorldsStory.Redactions];
        await using var without = await World.RunAsync(story, []);
        await using var with = await World.RunAsync(story, Secret.Privileged);
        Assert.Equal(without.Kept["redacted"], with.Kept["redacted"]);
        var differences = await DifferencesAsync(without, with, Secret.CodesOf(with), ["responder", "privacy", .. Readers]);
        Assert.True(differences.Count == 0, $"{differences.Count} answers differ:\n{string.Join('\n', differences.Take(60))}");
    }

    /// <summary>Some seeds; and as many random ones as INCIDENTHUB_TEST_WORLDS says.</summary>
    public static TheoryData<int> Seeds => [473061756, 569493945, .. Enumerable.Range(0, More).Select(_ => Random.Shared.Next())];

    private static int More => int.TryParse(Environment.GetEnvironmentVariable("INCIDENTHUB_TEST_WORLDS"), out var more) ? more : 0;

    /// <summary>The same for any restricted incident, whatever happens to it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_restricted_incident_changes_no_answer_to_those_who_may_not_see_it(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        await using var without = await World.RunAsync(TwoWorldsStory.Open, []);
        await using var with = await World.RunAsync(TwoWorldsStory.Open, RandomSecret.Steps(seed));
        var differences = await DifferencesAsync(without, with, Secret.CodesOf(with), Readers);
        Assert.True(differences.Count == 0,
            $"Seed {seed}: {differences.Count} answers differ:\n{string.Join('\n', with.Log)}\n{string.Join('\n', differences.Take(40))}");
    }

    private static async Task<List<string>> DifferencesAsync(
        World without, World with, IReadOnlyList<string> secrets, IReadOnlyList<string> readers)
    {
        var differences = new List<string>();
        var questions = new Questions(without, secrets);
        var asked = 0;
        foreach (var question in questions.Gets().Concat(PageQuestions.All()).Concat(questions.Refused()))
        {
            foreach (var reader in readers)
            {
                if (Declared.Excepts(question.Name, reader)) continue;
                asked++;
                var (a, b) = (await question.Ask(without, reader), await question.Ask(with, reader));
                var name = $"{reader}: {question.Name}";
                Declared.Apply(question.Name, reader, a);
                Declared.Apply(question.Name, reader, b);
                if (Traces(b, question.Name) is { } trace) differences.Add($"{name}\n  has «{trace}»");
                if (FirstDifference(Answers.Of(a), Answers.Of(b)) is { } difference) differences.Add($"{name}\n{difference}");
            }
        }
        differences.AddRange(await AuditedWorlds.DifferencesAsync(without, with));
        differences.AddRange(with.Pushed.Distinct());
        differences.AddRange(questions.Unknown.Select(u => $"{u}: give it values."));
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} answers compared, {differences.Count} differ.");
        return differences;
    }

    // A refusal may repeat what the question contained.
    private static string? Traces(JsonNode? answer, string question)
    {
        var text = answer?.ToJsonString() ?? "";
        return Secret.Words.FirstOrDefault(w => text.Contains(w) && !question.Contains(w));
    }

    private static string? FirstDifference(string a, string b)
    {
        if (a == b) return null;
        var (left, right) = (a.Split('\n'), b.Split('\n'));
        var at = Enumerable.Range(0, Math.Min(left.Length, right.Length)).FirstOrDefault(n => left[n] != right[n],
            Math.Min(left.Length, right.Length));
        var text = new StringBuilder();
        foreach (var (mark, lines) in (ReadOnlySpan<(string, string[])>)[("-", left), ("+", right)])
        {
            foreach (var line in lines.Skip(Math.Max(0, at - 1)).Take(4))
                text.Append("  ").Append(mark).Append(' ').AppendLine(line.Trim());
        }
        return text.ToString();
    }
}
