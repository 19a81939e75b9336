namespace IncidentHub.Ui.Kit;

/// <summary>Unique element ids, for labels and descriptions.</summary>
internal static class Ids
{
    private static long _last;

    public static string Next(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last)}";
}
