using IncidentHub.Domain.Access;

namespace IncidentHub.Tests.Domain.Access;

public class ApiKeyRulesTests
{
    [Theory]
    [InlineData(Scopes.None, 1, false, "scopes")]
    [InlineData(Scopes.Collect, 1, false, "scopes")]
    [InlineData(Scopes.Read | Scopes.Gate, 0, false, "scopes")]
    [InlineData(Scopes.Write, 1, false, "programs")]
    [InlineData(Scopes.Enrol, 0, false, "programs")]
    [InlineData(Scopes.Gate, 21, false, "programs")]
    [InlineData(Scopes.Gate, 1, true, "scopes")]
    public void An_ambiguous_key_is_refused_at_its_field(Scopes scopes, int programs, bool isNarrowed, string field) =>
        Assert.Equal([field], ApiKeyRules.Check("Ingestion", scopes, programs, isNarrowed, 30).ToRefusal()!.Errors!.Keys);

    [Theory]
    [InlineData(Scopes.Enrol, 1, true)]
    [InlineData(Scopes.Enrol | Scopes.Gate | Scopes.Evaluate | Scopes.Intake, 20, true)]
    [InlineData(Scopes.Gate, 0, false)]
    [InlineData(Scopes.Read | Scopes.Write, 0, false)]
    public void A_machines_key_and_a_persons_key_are_both_accepted(Scopes scopes, int programs, bool isNarrowed) =>
        Assert.Null(ApiKeyRules.Check("Ingestion", scopes, programs, isNarrowed, 30).ToRefusal());

    [Fact]
    public void Scopes_round_trip_as_text_and_an_unknown_name_is_rejected()
    {
        foreach (var scope in Enum.GetValues<Scopes>()) Assert.Equal(scope, ScopeWords.Parse(scope.Words()));
        Assert.Equal(["enrol", "gate"], (Scopes.Gate | Scopes.Enrol).Words());
        Assert.Equal(Scopes.Enrol | Scopes.Gate, ScopeWords.Parse(["ENROL", " Gate "]));
        Assert.Null(ScopeWords.Parse(["enrol", "door"]));
        Assert.Null(ScopeWords.Parse(["none"]));
        Assert.Null(ScopeWords.Parse([null]));
    }

    [Fact]
    public void Everyone_who_reads_makes_keys_of_their_own_and_only_administrators_and_owners_make_machines_keys()
    {
        foreach (var role in Enum.GetValues<Roles>().Where(r => r is not
            (Roles.None or Roles.Reporter or Roles.DataProtectionOfficer or Roles.WorksCouncil)))
        {
            var actor = new Actor(Guid.Empty, "x", role);
            Assert.True(AccessTable.Allows(actor, ApiKeyRules.ActFor(Scopes.Read)));
            Assert.Equal(role == Roles.Administrator, AccessTable.Allows(actor, ApiKeyRules.ActFor(Scopes.Gate)));
            Assert.True(AccessTable.Allows(actor, ApiKeyRules.ActFor(Scopes.Gate), Relation.OwnProgram));
        }
        Assert.False(AccessTable.Allows(new Actor(Guid.Empty, "x", Roles.Reporter), Act.MakeOwnKey));
    }
}
