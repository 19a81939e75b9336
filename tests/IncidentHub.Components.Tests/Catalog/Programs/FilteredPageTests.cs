using System.Globalization;
using IncidentHub.Pages.Programs;
using IncidentHub.Platform.Http;

namespace IncidentHub.Components.Tests.Catalog.Programs;

public class FilteredPageTests
{
    private int _reads;

    [Fact]
    public async Task Pages_are_read_until_one_is_full_of_matches()
    {
        var page = await FillAsync(items: 1000, matches: n => n % 100 == 0, size: 5);
        Assert.Equal([0, 100, 200, 300, 400], page.Items);
        Assert.Equal("400", page.NextCursor);
    }

    [Fact]
    public async Task The_next_page_begins_after_the_last_match_that_was_shown()
    {
        var page = await FillAsync(items: 1000, matches: n => n % 100 == 0, size: 5, after: "400");
        Assert.Equal([500, 600, 700, 800, 900], page.Items);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task A_full_last_page_has_no_next_page()
    {
        var page = await FillAsync(items: 1000, matches: n => n < 5, size: 5);
        Assert.Equal(5, page.Items.Count);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task A_list_without_matches_is_read_to_its_end()
    {
        var page = await FillAsync(items: 1000, matches: _ => false, size: 5);
        Assert.Empty(page.Items);
        Assert.Null(page.NextCursor);
        Assert.Equal(10, _reads);
    }

    [Fact]
    public async Task A_list_longer_than_the_limit_continues_where_reading_stopped()
    {
        var page = await FillAsync(items: 100_000, matches: n => n == 99_999, size: 5);
        Assert.Empty(page.Items);
        Assert.Equal(50, _reads);
        Assert.Equal("4999", page.NextCursor);
    }

    private Task<Page<int>> FillAsync(int items, Func<int, bool> matches, int size, string? after = null)
    {
        Task<Page<int>> ReadAsync(string? cursor)
        {
            _reads++;
            var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture) + 1;
            var read = Enumerable.Range(from, Math.Min(100, items - from)).ToList();
            return Task.FromResult(new Page<int>(read, from + read.Count < items ? CursorOf(read[^1]) : null));
        }
        return FilteredPage.FillAsync(ReadAsync, matches, CursorOf, after, size);
    }

    private static string CursorOf(int item) => item.ToString(CultureInfo.InvariantCulture);
}
