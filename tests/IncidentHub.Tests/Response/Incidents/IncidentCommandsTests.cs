using System.Reflection;
using System.Runtime.CompilerServices;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class IncidentCommandsTests
{
    private static readonly MethodInfo ActOf =
        typeof(IncidentCommands).GetMethod("ActOf", BindingFlags.NonPublic | BindingFlags.Instance, [typeof(IncidentCommand)])!;

    private static readonly Type[] NotByCode =
    [
        typeof(IncidentCommand.Declare), typeof(IncidentCommand.MergeInto), typeof(IncidentCommand.Absorb),
        // A consequence of the sign-off of an access review.
        typeof(IncidentCommand.ConcludeAccess),
    ];

    public static TheoryData<Type> Commands => [.. typeof(IncidentCommand).GetNestedTypes()
        .Where(t => t.IsSubclassOf(typeof(IncidentCommand))).Except(NotByCode)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_on_an_incident_maps_to_an_act_of_the_access_table(Type command)
    {
        var commands = RuntimeHelpers.GetUninitializedObject(typeof(IncidentCommands));
        var act = (Act)ActOf.Invoke(commands, [RuntimeHelpers.GetUninitializedObject(command)])!;
        Assert.Contains(act, (Act[])[Act.ChangeIncident, Act.RestrictIncident]);
    }

    [Fact]
    public void Naming_a_person_and_changing_confidentiality_need_the_permission_to_restrict()
    {
        var commands = RuntimeHelpers.GetUninitializedObject(typeof(IncidentCommands));
        Assert.All(
            new IncidentCommand[]
            {
                new IncidentCommand.AssignRole(IncidentRole.Named, Guid.Empty, "Owner"),
                new IncidentCommand.ReleaseRole(IncidentRole.Named, Guid.Empty),
                new IncidentCommand.SetConfidentiality(Confidentiality.Open, "x"),
            },
            command => Assert.Equal(Act.RestrictIncident, ActOf.Invoke(commands, [command])));
    }
}
