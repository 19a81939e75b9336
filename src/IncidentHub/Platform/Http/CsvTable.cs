using System.Globalization;
using System.Text;
using CsvHelper;

namespace IncidentHub.Platform.Http;

/// <summary>
/// A table for spreadsheets: with a byte order mark, without which they read UTF-8 as another encoding, and without a cell that they would
/// run as a formula.
/// </summary>
internal static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8";

    // What begins a formula, also in its full width.
    private const string Formulas = "=+-@＝＋－＠";

    // A spreadsheet splits at the separator of its country, whatever the file says: what follows one may become a cell of its own.
    private const string Separators = ",;|\t\r\n";

    public static CsvWriter Create(Stream to) =>
        CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);

    public static async Task WriteRowAsync(this CsvWriter csv, IEnumerable<object?> cells, CancellationToken ct)
    {
        foreach (var cell in cells)
        {
            var text = Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
            csv.WriteField(cell is string ? Inert(text) : text);
        }
        await csv.EndRecordAsync(ct);
    }

    /// <summary>The text with an apostrophe before everything that a spreadsheet could take for the beginning of a formula.</summary>
    public static string Inert(string text)
    {
        var inert = new StringBuilder(text.Length);
        var mayBegin = true;
        foreach (var c in text)
        {
            // A tab or carriage return at the beginning is dropped by some, and what follows is run.
            var isFirst = inert.Length == 0 && c is '\t' or '\r';
            if (isFirst || (mayBegin && Formulas.Contains(c, StringComparison.Ordinal))) inert.Append('\'');
            inert.Append(c);
            mayBegin = Separators.Contains(c, StringComparison.Ordinal)
                || (mayBegin && (char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\u200B' or '\uFEFF'));
        }
        return inert.ToString();
    }
}
