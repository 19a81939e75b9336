namespace IncidentHub.Switch.Pauses;

/// <summary>
/// What a program's collectors change by themselves: how many there are, and the proofs of their stops. Apart from the program's own topic,
/// because after a pause thousands of proofs come, and few of those who show a program show them.
/// </summary>
internal static class FleetTopic
{
    public static string Of(Guid programId) => $"fleet:{programId}";
}
