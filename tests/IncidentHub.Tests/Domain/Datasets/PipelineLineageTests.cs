using IncidentHub.Domain.Datasets;

namespace IncidentHub.Tests.Domain.Datasets;

public class PipelineLineageTests
{
    [Theory]
    [InlineData("s3://lake", "raw/prompts", "s3-lake-raw-prompts", "raw-prompts")]
    [InlineData("postgres://db.example:5432", "shop.public.orders", "postgres-db.example-5432-shop.public.orders", "shop.public.orders")]
    [InlineData(" BigQuery ", "Acme.Sales.Orders_2026", "bigquery-acme.sales.orders_2026", "acme.sales.orders_2026")]
    [InlineData("file", "/data/in//", "file-data-in", "data-in")]
    [InlineData("file", ".hidden", "file-.hidden", "hidden")]
    public void A_dataset_is_looked_for_under_namespace_and_name_and_then_under_its_name(
        string space, string name, string full, string alone) =>
        Assert.Equal([full, alone], new PipelineName(space, name).Candidates);

    [Fact]
    public void What_no_name_of_the_hub_can_be_is_no_candidate()
    {
        Assert.Equal(["orders"], new PipelineName(new string('n', 80), "orders").Candidates);
        Assert.Empty(new PipelineName("«»", "日").Candidates);
        Assert.Empty(new PipelineName("", new string('x', 81)).Candidates);
    }

    [Theory]
    [InlineData(RunEventType.Running, true)]
    [InlineData(RunEventType.Complete, true)]
    [InlineData(RunEventType.Start, false)]
    [InlineData(RunEventType.Abort, false)]
    [InlineData(RunEventType.Fail, false)]
    [InlineData(RunEventType.Other, false)]
    [InlineData(null, false)]
    public void Only_a_run_that_read_and_wrote_is_evidence(RunEventType? type, bool evidence) =>
        Assert.Equal(evidence, PipelineLineage.IsEvidence(type));

    [Fact]
    public void Each_output_is_derived_from_each_input_but_not_from_itself()
    {
        var (a, b, c) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal([new(a, b), new(a, c), new(b, c)], PipelineLineage.Edges([a, b], [b, c]));
        Assert.Equal([new(a, b)], PipelineLineage.Edges([a, a], [b]));
        Assert.Empty(PipelineLineage.Edges([a], [a]));
        Assert.Empty(PipelineLineage.Edges([], [a]));
    }
}
