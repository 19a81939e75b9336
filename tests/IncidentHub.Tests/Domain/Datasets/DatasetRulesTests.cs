using IncidentHub.Domain;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Domain.Programs.ProgramSamples;

namespace IncidentHub.Tests.Domain.Datasets;

public sealed class DatasetRulesTests
{
    private static readonly DatasetDetails Sound = new()
    {
        OwnerId = Owner,
        Promised = new Audience(AudienceScope.NamedGroup, "research group"),
        Categories = ["prompts"]
    };

    private static DatasetState Registered() =>
        Accepted(DatasetRules.Decide(null, new RegisterDataset(Owner, "private-conversations", Sound), Now));

    [Theory]
    [InlineData("private-conversations", true), InlineData("a.b_c-1", true), InlineData("x", false), InlineData("Upper", false),
        InlineData("-x", false), InlineData("a b", false), InlineData("a/b", false), InlineData("ab\n", false)]
    public void A_name_is_valid_in_a_catalogue_and_in_a_url(string name, bool valid) => Assert.Equal(valid, DatasetRules.IsName(name));

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var wrong = new DatasetDetails
        {
            Kind = (DatasetKind)9,
            Classification = (Classification)9,
            Encryption = (EncryptionAtRest)9,
            Description = new string('x', 4001),
            Categories = ["x"],
            Promised = new((AudienceScope)9),
            Actual = new(AudienceScope.NamedGroup, new string('x', 201)),
            Records = -1,
            Subjects = -1,
            Regions = ["Utopia"],
            RetentionDays = -1,
            Location = "\u0007",
        };
        Assert.Equal(
            ["actualAudience.name", "categories", "classification", "description", "encryptionAtRest", "kind", "location", "name", "owner",
                "promisedAudience", "records", "regions", "retentionDays", "subjects"],
            Refused(DatasetRules.Decide(null, new RegisterDataset(Owner, "", wrong), Now)).Errors!.Keys.Order());
    }

    [Theory]
    [InlineData(AudienceScope.NamedGroup, "research group", AudienceScope.NamedGroup, "Research group", false)]
    [InlineData(AudienceScope.NamedGroup, "research group", AudienceScope.NamedGroup, "sales", true)]
    [InlineData(AudienceScope.NamedGroup, "research group", AudienceScope.WholeCompany, null, true)]
    [InlineData(AudienceScope.WholeCompany, null, AudienceScope.WholeCompany, null, false)]
    [InlineData(AudienceScope.WholeCompany, null, AudienceScope.NamedGroup, "sales", false)]
    [InlineData(AudienceScope.Organisation, "a", AudienceScope.Public, null, true)]
    public void Over_exposed_means_that_more_people_can_read_it_than_were_promised(
        AudienceScope promised, string? group, AudienceScope actual, string? who, bool over) =>
        Assert.Equal(over, (Sound with { Promised = new(promised, group), Actual = new(actual, who) }).IsOverExposed);

    [Fact]
    public void An_unknown_audience_is_not_over_exposed() => Assert.False((Sound with { Actual = null }).IsOverExposed);

    [Fact]
    public void An_edit_says_what_changed()
    {
        var edited =
            DatasetRules.Decide(
            Registered(), new EditDataset(Sound with { Actual = new(AudienceScope.WholeCompany), Encryption = EncryptionAtRest.No }), Now);
        Assert.Equal(2, Accepted(edited).Version);
        var changes = Assert.IsType<DatasetEdited>(Assert.Single(Events(edited))).Changes;
        Assert.Equal([new FieldChange("encryptionAtRest", "Unknown", "No"), new FieldChange("actualAudience", null, "the whole company")],
            changes);
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_no_event() =>
        Assert.Empty(Events(DatasetRules.Decide(Registered(), new EditDataset(Sound with { Location = "  " }), Now)));

    [Fact]
    public void A_name_is_unique() =>
        Assert.Equal(
        "name_taken", Refused(DatasetRules.Decide(Registered(), new RegisterDataset(Owner, "private-conversations", Sound), Now)).Code);

    [Fact]
    public void An_unknown_dataset_is_not_found() =>
        Assert.Equal(RefusalKind.NotFound, Refused(DatasetRules.Decide(null, new EditDataset(Sound), Now)).Kind);

    [Fact]
    public void Every_stated_field_is_compared()
    {
        var changed = new Sample(1).With("DatasetDetails.Regions", new[] { "US" }).Of<DatasetDetails>();
        var stated = Sample.Stated(typeof(DatasetDetails)).Count();
        var state = Registered() with { Details = new DatasetDetails() };
        Assert.Equal(
            stated, Assert.IsType<DatasetEdited>(
                Assert.Single(Events(DatasetRules.Decide(state, new EditDataset(changed), Now)))).Changes.Count);
    }
}
