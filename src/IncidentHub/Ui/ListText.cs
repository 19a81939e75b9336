namespace IncidentHub.Ui;

/// <summary>A list that is typed into one text field.</summary>
internal static class ListText
{
    /// <summary>Separated by commas; null where the list is empty.</summary>
    public static string? Join(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;

    /// <summary>Items are separated by commas, semicolons or line breaks.</summary>
    public static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
