using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Http;

// OpenLineage 2-0-2. Producers add members and facets of their own, which are ignored.
namespace IncidentHub.Switch.Lineage;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LineageRunBody([Required] Guid? RunId);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LineageJobBody([Required] string? Namespace, [Required] string? Name);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LineageDatasetBody([Required] string? Namespace, [Required] string? Name)
{
    public void Check(Validation check, string field) => check
        .Check(IsName(Namespace), $"{field}.namespace", NameText).Check(IsName(Name), $"{field}.name", NameText);

    public PipelineName ToName() => new(Namespace!, Name!);

    internal const string NameText = "1 to 2,000 characters.";

    internal static bool IsName(string? text) => text is { Length: <= PipelineName.MaxLength } && TextRules.HasVisible(text);
}

/// <summary>A RunEvent (with <c>run</c> and <c>job</c>), a JobEvent (with <c>job</c>) or a DatasetEvent (with <c>dataset</c>).</summary>
/// <param name="EventType">Of a RunEvent. Lineage is taken from <c>RUNNING</c> and <c>COMPLETE</c>.</param>
/// <param name="Dataset">Of a DatasetEvent, which states no lineage: the answer says whether the dataset is registered.</param>
/// <param name="Inputs">What the job reads: at most 250, and at most 1,000 pairs of an input and an output.</param>
/// <param name="Outputs">What it writes: each is derived from each of the inputs.</param>
[RequiresOneOf("job", "dataset")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LineageEventBody(
    RunEventType? EventType, [Required] DateTimeOffset? EventTime, LineageRunBody? Run, LineageJobBody? Job, LineageDatasetBody? Dataset,
    IReadOnlyList<LineageDatasetBody?>? Inputs, IReadOnlyList<LineageDatasetBody?>? Outputs, [Required] string? Producer,
    [Required] string? SchemaURL)
{
    public const int MaxProducer = 500;

    /// <summary>Whether it states lineage. What a JobEvent says holds for every run of the job.</summary>
    [JsonIgnore]
    public bool IsEvidence => Job is not null && (Run is null || PipelineLineage.IsEvidence(EventType));

    public Refusal? Check()
    {
        var check = new Validation()
            .Check(EventTime is not null, "eventTime", "When it happened, with the offset from UTC.")
            .Check(Job is not null || Dataset is not null, "job", "Send a run with its job, a job, or a dataset.")
            .Check(Job is null || Dataset is null, "dataset", "An event is about a job or about a dataset. Leave one out.")
            .Check(Run is null || Job is not null, "job", "Name the job of the run.")
            .Check(Run is null or { RunId: not null }, "run.runId", "The UUID of the run.")
            .Check(EventType is null || Run is not null, "run", "Only an event of a run has a type. Name the run.")
            .Line(Producer, "producer", MaxProducer)
            .Check(!string.IsNullOrWhiteSpace(SchemaURL), "schemaURL", "The address of the schema of the event.");
        if (Job is not null) check.Line(Job.Namespace, "job.namespace", MaxProducer).Line(Job.Name, "job.name", MaxProducer);
        Dataset?.Check(check, "dataset");
        CheckList(check, Inputs, "inputs");
        CheckList(check, Outputs, "outputs");
        return check.Check((long)(Inputs?.Count ?? 0) * (Outputs?.Count ?? 0) <= PipelineLineage.MaxEdges, "outputs",
            $"At most {PipelineLineage.MaxEdges:N0} pairs of an input and an output.").ToRefusal();
    }

    public StateLineage ToCommand() => new(Names(Dataset is null ? Inputs : [Dataset]), Names(Outputs),
        new LineageSource(Job is null ? null : $"{Job.Namespace!.Clean()}/{Job.Name!.Clean()}", Run?.RunId, Producer!.Clean(),
            EventTime!.Value), IsEvidence);

    private void CheckList(Validation check, IReadOnlyList<LineageDatasetBody?>? datasets, string field)
    {
        check.Check(datasets is null || Job is not null, field, "Only a job has inputs and outputs.")
            .Check(datasets is null or { Count: <= PipelineLineage.MaxDatasets }, field, $"At most {PipelineLineage.MaxDatasets}.");
        foreach (var (i, dataset) in (datasets ?? []).Take(PipelineLineage.MaxDatasets).Index())
        {
            check.Check(dataset is not null, $"{field}[{i}]", "A dataset, not null.");
            dataset?.Check(check, $"{field}[{i}]");
        }
    }

    private static IReadOnlyList<PipelineName> Names(IReadOnlyList<LineageDatasetBody?>? datasets) =>
        [.. (datasets ?? []).Select(d => d!.ToName())];
}

/// <param name="New">Not stated before.</param>
internal sealed record LineageEdgeView(string Upstream, string Downstream, bool New);

/// <param name="Counted">Whether the event states lineage.</param>
/// <param name="Edges">What it states of registered datasets.</param>
/// <param name="Unknown">Inputs and outputs that are not registered, as <c>namespace/name</c>. Register them to have their lineage.</param>
internal sealed record LineageAnswer(bool Counted, IReadOnlyList<LineageEdgeView> Edges, IReadOnlyList<string> Unknown);
