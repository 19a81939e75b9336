using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Datasets;

namespace IncidentHub.Tests.Domain.Datasets;

public sealed class DataTotalsTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1_000);
    private static readonly string[] Codes = ["US", "US-CA", "GB", "DE"];

    private static readonly Gen<long?> Number = Gen.Choose(-2, 40).Select(n => n < 0 ? (long?)null : n);

    private static readonly Gen<CountedData> One =
        from id in Gen.Choose(1, 6)
        from records in Number
        from subjects in Number
        from regions in Gen.SubListOf(Codes)
        select Of(id, records, subjects, [.. regions]);

    private static readonly Arbitrary<CountedData[]> Any = One.ArrayOf().ToArbitrary();

    private static CountedData Of(int id, long? records = null, long? subjects = null, params string[] regions) =>
        new(new Guid(id, 0, 0, new byte[8]), records, subjects, regions);

    [Fact]
    public void Records_are_a_sum_and_people_are_between_the_largest_dataset_and_the_sum()
    {
        var totals = DataTotals.Of([Of(1, 10, 5, "US"), Of(2, 20, 7, "GB", "US")]);
        Assert.Equal((2, 30, 7, 12), (totals.Datasets, totals.Records, totals.SubjectsAtLeast, totals.SubjectsAtMost));
        Assert.Equal(["GB", "US"], totals.Regions);
    }

    [Fact]
    public void A_dataset_that_is_named_twice_counts_once_with_the_largest_number_and_the_regions_of_both()
    {
        var totals = DataTotals.Of([Of(1, 10, 5, "US"), Of(1, 12, null, "GB")]);
        Assert.Equal((1, 12, 5, 5), (totals.Datasets, totals.Records, totals.SubjectsAtLeast, totals.SubjectsAtMost));
        Assert.Equal(["GB", "US"], totals.Regions);
    }

    [Fact]
    public void Without_a_known_number_of_people_there_is_no_upper_bound()
    {
        var totals = DataTotals.Of([Of(1, 10, 5), Of(2)]);
        Assert.Equal((1, 1, 2), (totals.RecordsUnknown, totals.SubjectsUnknown, totals.RegionsUnknown));
        Assert.Equal((5, null), (totals.SubjectsAtLeast, totals.SubjectsAtMost));
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        var totals = DataTotals.Of([]);
        Assert.Equal((0, 0, 0, 0), (totals.Datasets, totals.Records, totals.SubjectsAtLeast, totals.SubjectsAtMost));
        Assert.Empty(totals.Regions);
    }

    [Fact]
    public void Naming_datasets_again_or_in_another_order_changes_no_total() => Check.One(Thorough, Prop.ForAll(Any, data =>
    {
        Same(DataTotals.Of(data), DataTotals.Of([.. data, .. data]));
        Same(DataTotals.Of(data), DataTotals.Of(data.Reverse()));
    }));

    [Fact]
    public void Every_total_is_within_its_bounds() => Check.One(Thorough, Prop.ForAll(Any, data =>
    {
        var (totals, ids) = (DataTotals.Of(data), data.Select(d => d.DatasetId).Distinct().ToList());
        Assert.Equal(ids.Count, totals.Datasets);
        Assert.Equal(ids.Sum(id => data.Where(d => d.DatasetId == id).Max(d => d.Records) ?? 0), totals.Records);
        Assert.True(totals.Records <= data.Sum(d => d.Records ?? 0));
        Assert.All(data, d => Assert.True((d.Subjects ?? 0) <= totals.SubjectsAtLeast));
        if (totals.SubjectsAtMost is { } most) Assert.InRange(most, totals.SubjectsAtLeast, data.Sum(d => d.Subjects ?? 0));
        Assert.Equal(totals.SubjectsUnknown > 0, totals.SubjectsAtMost is null);
        Assert.Equal(data.SelectMany(d => d.Regions).Distinct().Order(StringComparer.Ordinal), totals.Regions);
    }));

    [Fact]
    public void One_more_dataset_makes_no_total_smaller() => Check.One(Thorough, Prop.ForAll(Any, One.ToArbitrary(), (data, one) =>
    {
        var (before, after) = (DataTotals.Of(data), DataTotals.Of([.. data, one]));
        Assert.True(after.Datasets >= before.Datasets && after.Records >= before.Records
            && after.SubjectsAtLeast >= before.SubjectsAtLeast);
        Assert.Empty(before.Regions.Except(after.Regions));
    }));

    private static void Same(DataTotals a, DataTotals b)
    {
        Assert.Equal(a.Regions, b.Regions);
        Assert.Equal(a, b with { Regions = a.Regions });
    }
}
