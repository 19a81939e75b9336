using Dapper;
using IncidentHub.Platform.Database;

namespace IncidentHub.Tests.Support;

/// <summary>What a later version of the hub leaves in a database: a script that this build does not know.</summary>
internal static class LaterVersion
{
    public const int Number = 9000;

    /// <summary>A column for each table, and a table: whatever a version may add.</summary>
    public static string Expansion { get; } = string.Join("\n", TablesOf().Select(t => $"ALTER TABLE {t} ADD COLUMN Later TEXT NULL;"))
        + """

        CREATE TABLE LaterThing (
          Id TEXT NOT NULL,
          IncidentId TEXT NOT NULL,
          CONSTRAINT PK_LaterThing PRIMARY KEY (Id),
          CONSTRAINT FK_LaterThing_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
        ) STRICT;
        """;

    public static void Migrate(string file, string text)
    {
        using var connection = SqliteFile.Open(file);
        var script = new Migration(Number, "later", text);
        connection.Execute(script.Text);
        Record(connection, Number, script.Needs);
    }

    /// <param name="needs">Null: as a build wrote it that did not say what a script needs.</param>
    public static void Record(System.Data.Common.DbConnection connection, int number, int? needs) => connection.Execute(
        $"INSERT INTO {Migrator.Journal} (Number, Name, Sha256, AppliedAt, Needs) VALUES (@number, 'later', 'x', 'x', @needs)",
        new { number, needs });

    private static List<string> TablesOf()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, MigratedSqlite.Content);
            using var connection = SqliteFile.Open(file);
            return connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> @j",
                new { j = Migrator.Journal }).AsList();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
