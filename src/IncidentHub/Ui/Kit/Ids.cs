namespace IncidentHub.Ui.Kit;

/// <summary>Element ids that no two controls share, for labels and descriptions.</summary>
internal static class Ids
{
    private static long _last;

    public static string Next(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last)}";
}
