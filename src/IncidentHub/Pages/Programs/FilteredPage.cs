using IncidentHub.Platform.Http;

namespace IncidentHub.Pages.Programs;

/// <summary>A page of a list whose filter cannot be expressed in SQL: rows are read and filtered until the page is full.</summary>
internal static class FilteredPage
{
    /// <summary>The limit of reads; enough for all of a list of ten thousand programs.</summary>
    private const int MostReads = 50;

    /// <summary>
    /// A next page is never empty. Only in a list longer than the limit may a page that is not full have a next one.
    /// </summary>
    /// <param name="readAsync">Reads the page after a cursor.</param>
    /// <param name="cursorOf">The cursor after an item.</param>
    public static async Task<Page<T>> FillAsync<T>(
        Func<string?, Task<Page<T>>> readAsync, Func<T, bool> matches, Func<T, string> cursorOf, string? after, int size)
    {
        var found = new List<T>();
        var at = after;
        for (var reads = 0; reads < MostReads; reads++)
        {
            var page = await readAsync(at);
            found.AddRange(page.Items.Where(matches));
            // One match more than the page size shows that there is a next page.
            if (found.Count > size) return new([.. found.Take(size)], cursorOf(found[size - 1]));
            if (page.NextCursor is null) return new(found, null);
            at = page.NextCursor;
        }
        return new(found, at);
    }
}
