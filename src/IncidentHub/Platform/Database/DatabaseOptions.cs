using System.ComponentModel.DataAnnotations;

namespace IncidentHub.Platform.Database;

/// <summary>The supported engines.</summary>
internal enum Engine { Sqlite, SqlServer }

/// <summary>Configuration section <c>Database</c>; the connection string is <c>ConnectionStrings:IncidentHub</c>.</summary>
internal sealed class DatabaseOptions
{
    public Engine Provider { get; set; } = Engine.Sqlite;

    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/incidenthub.db";

    /// <summary>How long a starting hub waits for another process, which is stopping, to release the SQLite file.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
