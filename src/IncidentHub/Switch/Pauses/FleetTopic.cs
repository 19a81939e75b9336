namespace IncidentHub.Switch.Pauses;

/// <summary>
/// The topic of changes that a program's collectors cause themselves: their number, and the proofs of their stops. Separate from the
/// program's own topic, because after a pause thousands of proofs arrive, and few pages that show a program show them.
/// </summary>
internal static class FleetTopic
{
    public static string Of(Guid programId) => $"fleet:{programId}";
}
