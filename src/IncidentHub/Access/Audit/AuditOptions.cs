namespace IncidentHub.Access.Audit;

/// <summary>Configuration section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>
    /// A folder into which each checkpoint is written as a file of its own, never overwritten; empty: none. Meant for a volume that the
    /// operator makes write-once.
    /// </summary>
    public string CheckpointFolder { get; set; } = "";

    /// <summary>For how many days the payloads of the log are kept; null: for ever.</summary>
    public int? RetainDays { get; set; }

    public bool IsRetentionValid => RetainDays is null or (>= 30 and <= 36_500);

    public bool HasFolder => CheckpointFolder.Length > 0;

    /// <summary>Whether files can be created in the folder. It is not created: a wrong path must be noticed.</summary>
    public bool IsFolderUsable()
    {
        if (!HasFolder) return true;
        if (!Directory.Exists(CheckpointFolder)) return false;
        try
        {
            // Creating and deleting a file would fail on a write-once volume, which is what this is for.
            _ = Directory.EnumerateFiles(CheckpointFolder).Any();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
