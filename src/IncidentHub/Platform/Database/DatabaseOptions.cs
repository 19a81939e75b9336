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
}
