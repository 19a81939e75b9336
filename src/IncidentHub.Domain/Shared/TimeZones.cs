using System.Diagnostics.CodeAnalysis;

namespace IncidentHub.Domain;

/// <summary>Time zones by the IANA names that people and browsers state.</summary>
public static class TimeZones
{
    public const int MaxName = 64;

    /// <summary>The system takes a name for a path below its own files: what is none, such as <c>/dev/tty</c>, is not looked up.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return name is { Length: > 0 and <= MaxName } && name[0] != '/'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    public static bool IsKnown(string? name) => TryFind(name, out _);
}
