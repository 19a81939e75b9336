using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Ui.Kit;

/// <summary>
/// The time zone is the viewer's and is named. For an hour that exists twice, when the clocks go back, the field asks which of the two is
/// meant; an hour that does not exist, when they go forward, is refused.
/// </summary>
public sealed partial class DateTimeField
{
    private static readonly string[] Times = ["HH:mm:ss", "H:mm:ss", "HH:mm", "H:mm"];
    private string? _date;
    private string? _time;
    private TimeSpan _offset;
    private TimeSpan[]? _twice;
    private DateTimeOffset? _shown;
    private DateTimeOffset? _replaced;

    /// <summary>Only a date is entered: the value is the end of that day in the viewer's zone.</summary>
    [Parameter] public bool DayOnly { get; set; }

    private Dictionary<string, object?> TimeAttributes => new()
    {
        ["name"] = Name + "Time",
        ["autocomplete"] = "off",
        ["aria-label"] = $"{Label}, time",
    };

    private string Help
    {
        get
        {
            var offset = Value is { } v ? TimeZoneInfo.ConvertTime(v, Viewer.Zone).Offset : Viewer.Zone.GetUtcOffset(Viewer.Now);
            var zone = $"{Viewer.Zone.Id}, UTC{Offset(offset)}";
            return _twice is not null ? $"This hour exists twice, because the clocks go back: choose the offset. {zone}." : Hint is null
                ? $"{zone}." : $"{Hint} {zone}.";
        }
    }

    protected override void OnParametersSet()
    {
        if (Value == _shown) return;
        // A rendering that began before the page received the value still has the previous one: input that could not be read stays in the
        // field.
        if (Unread is not null && Value == _replaced) return;
        _shown = Value;
        (_twice, Unread) = (null, null);
        if (Value is not { } value)
        {
            (_date, _time) = (null, null);
            return;
        }
        var local = TimeZoneInfo.ConvertTime(value, Viewer.Zone);
        _date = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _time = local.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
        if (!DayOnly) CheckOffset(local.DateTime, local.Offset);
    }

    private Task ReadAsync(string? date, string? time)
    {
        (_date, _time) = (date, time);
        (Unread, _twice) = (null, null);
        if (string.IsNullOrWhiteSpace(date) && (DayOnly || string.IsNullOrWhiteSpace(time))) return TakeAsync(null);
        if (!DateTime.TryParseExact(date?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year
            is < 1900 or > 9998)
            return RefuseAsync("Write the day as YYYY-MM-DD: 2026-11-28.");
        if (DayOnly) return TakeAsync(At(day.AddDays(1).AddSeconds(-1)));
        if (string.IsNullOrWhiteSpace(time)) return RefuseAsync("Write the time, too, as HH:MM or HH:MM:SS.");
        if (!DateTime.TryParseExact(time.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var clock))
            return RefuseAsync("Write the time as HH:MM or HH:MM:SS: 14:30.");
        var local = day + clock.TimeOfDay;
        if (Viewer.Zone.IsInvalidTime(local))
            return RefuseAsync($"{clock:HH:mm} does not exist on that day in {Viewer.Zone.Id}: the clocks go forward over it.");
        CheckOffset(local, Viewer.Zone.GetUtcOffset(local));
        return TakeAsync(new DateTimeOffset(local, _twice is null ? Viewer.Zone.GetUtcOffset(local) : _offset));
    }

    private Task ChooseOffsetAsync(TimeSpan offset)
    {
        _offset = offset;
        return TakeAsync(Value is { } value ? new DateTimeOffset(TimeZoneInfo.ConvertTime(value, Viewer.Zone).DateTime, offset) : null);
    }

    private void CheckOffset(DateTime local, TimeSpan offset)
    {
        if (!Viewer.Zone.IsAmbiguousTime(local)) return;
        _twice = [.. Viewer.Zone.GetAmbiguousTimeOffsets(local).OrderDescending()];
        _offset = _twice.Contains(offset) ? offset : _twice[0];
    }

    private DateTimeOffset At(DateTime local) => new(local, Viewer.Zone.GetUtcOffset(local));

    private Task TakeAsync(DateTimeOffset? value) => SetAsync(_shown = value);

    private Task RefuseAsync(string why)
    {
        (Unread, _replaced) = (why, _shown ?? _replaced);
        return TakeAsync(null);
    }

    private static string Offset(TimeSpan offset) => $"{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}";
}
