using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>How pages look; a browser in which another one was chosen keeps that.</summary>
internal enum ThemeSetting { System, Light, Dark }

/// <summary>What people set for themselves; null: as the browser says.</summary>
internal sealed record OwnSettings
{
    public const int MaxZone = 64;

    /// <summary>By its name in the IANA database.</summary>
    public required string? TimeZone { get; init; }
    public required ThemeSetting? Theme { get; init; }

    /// <summary>Read with each page that is loaded.</summary>
    public static async Task<OwnSettings> OfAsync(ISql sql, Guid personId) =>
        await sql.FirstOrDefaultAsync<Row>("Person_Settings", new { Id = personId }) is { } row
            ? new() { TimeZone = row.TimeZone, Theme = Enum.TryParse<ThemeSetting>(row.Theme, out var theme) ? theme : null }
            : new() { TimeZone = null, Theme = null };

    private sealed record Row
    {
        public required string? TimeZone { get; init; }
        public required string? Theme { get; init; }
    }
}
