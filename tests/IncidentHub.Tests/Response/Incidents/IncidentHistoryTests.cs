using System.Reflection;
using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Domain.Incidents;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class IncidentHistoryTests
{
    private static readonly Guid Other = An.Id(900);

    public static TheoryData<Type> Events => [.. typeof(IncidentEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(IncidentEvent)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_of_an_incident_writes_an_audit_record_a_timeline_entry_and_a_topic(Type type)
    {
        var happened = Make(type);
        var incident = An.Declared();
        var entry = IncidentHistory.Of(incident, happened);
        Assert.StartsWith("incident.", entry.Action);
        Assert.Equal("incident INC-1", entry.Subject);
        Assert.NotNull(entry.Detail);
        var (subjects, topics) = Assert.Single(entry.SubjectTopics);
        Assert.Equal([incident.Id], subjects);
        Assert.Equal(["incidents"], topics);
        // It appears to everybody, or vanishes for them.
        Assert.Equal(happened is ConfidentialityChanged ? ["incidents"] : [], entry.Topics);
        var line = Assert.Single(entry.Timeline);
        Assert.Equal(incident.Id, line.IncidentId);
        Assert.NotEmpty(line.Kind);
        Assert.NotEmpty(IncidentHistory.Summary([happened]));
    }

    [Fact]
    public void Every_event_has_an_audit_action_of_its_own() => Assert.Equal(
        Events.Count, Events.Select(row => IncidentHistory.Of(An.Declared(), Make(row.Data)).Action).Distinct().Count());

    [Theory]
    [InlineData(typeof(IncidentMerged))]
    [InlineData(typeof(IncidentAbsorbed))]
    public void An_entry_about_another_incident_has_it_as_a_subject_and_does_not_contain_its_code(Type type)
    {
        var happened = Make(type);
        var line = Assert.Single(IncidentHistory.Of(An.Declared(), happened).Timeline);
        Assert.Equal([Other], line.About);
        Assert.Contains(Reference.To(Other), line.Title);
        Assert.DoesNotContain("INC-SECRET", line.Title + line.Body + IncidentHistory.Summary([happened]));
    }

    [Fact]
    public void The_timeline_of_a_declaration_begins_with_its_flag()
    {
        var flag = new DeclaredFlag(An.Id(5), "F-3", An.Min(-40), An.Min(-10));
        var entry = IncidentHistory.Of(An.Declared(), new IncidentDeclared(Sev.Major, "Readable by all"), flag);
        Assert.Equal(["Flag F-3 raised", "Flag F-3 acknowledged", "Declared SEV 2 Major"], entry.Timeline.Select(l => l.Title));
    }

    [Fact]
    public void The_audit_record_of_a_revised_note_has_neither_text_nor_what_a_redacted_one_could_be_guessed_by()
    {
        var note = new NoteState(An.Id(6), NoteKind.Note, "After", An.T0, An.Responder.Id, 2);
        var entry = NoteHistory.Of(An.Declared(), note, new NoteRevised(2, "Before"));
        var detail = entry.Detail!.ToString()!;
        Assert.DoesNotContain("After", detail);
        Assert.DoesNotContain("Before", detail);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("After"u8)), detail);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Before"u8)), detail);
    }

    private static DomainEvent Make(Type type)
    {
        var parameters = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single(c => c.GetParameters().Length > 0)
            .GetParameters();
        return (DomainEvent)Activator.CreateInstance(type, [.. parameters.Select(Value)])!;
    }

    private static object? Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(string) => parameter.Name!.EndsWith("Code", StringComparison.Ordinal) ? "INC-SECRET" : "words",
        var t when t == typeof(Guid) => Other,
        var t when t == typeof(int) => 2,
        var t when t == typeof(Exposure) => An.Exposure(),
        var t when t == typeof(ProgramInvolvement) => An.Program(),
        var t when t == typeof(IReadOnlyList<SetAsideLink>) => (SetAsideLink[])
            [new(LinkSubject.Program, Other, "P1", Involvement.Source, "words", An.T0, "Responder")],
        var t when t == typeof(BreachInputs) => new BreachInputs(),
        var t when t.IsEnum => Enum.GetValues(t).GetValue(0),
        var t when Nullable.GetUnderlyingType(t) is not null => null,
        var t => throw new InvalidOperationException($"No value for {t}."),
    };
}
