using System.Buffers.Text;

namespace IncidentHub.Domain.AccessReviews;

/// <summary>
/// Reads times of access logs: <c>2026-11-14T19:16:30.123Z</c>, with an offset, with a blank instead of the T, with «UTC» behind, or
/// without anything. A zone is stated, never guessed; an offset in the text wins. One object serves one log: it remembers the zone's
/// offset.
/// </summary>
public sealed class LogTime(LogTimes times, TimeZoneInfo? zone)
{
    // «2026-11-14T19:16».
    private const int MinuteLength = 16;
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;
    private static readonly long[] Fraction = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    private readonly byte[] _minute = new byte[MinuteLength];
    private long _minuteTicks = -1, _quarter = -1, _offset;
    private RefusedReason _fault;

    /// <summary>The ticks in UTC; a reason where it cannot be read.</summary>
    public RefusedReason TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length > 0 && (text[0] == ' ' || text[^1] == ' ')) text = text.Trim((byte)' ');
        if (text.IsEmpty) return RefusedReason.NoTime;
        if (times != LogTimes.Text) return Unix(text, out ticks);
        if (text.Length < 19 || text[16] != ':') return RefusedReason.UnreadableTime;
        // Rows of a log are near to each other: most are in the minute of the one before.
        if (!text[..MinuteLength].SequenceEqual(_minute) || _minuteTicks < 0)
        {
            _minuteTicks = -1;
            if (!Minute(text, out var minute)) return RefusedReason.UnreadableTime;
            text[..MinuteLength].CopyTo(_minute);
            _minuteTicks = minute;
        }
        var second = Two(text, 17);
        // A leap second is the last one of its minute.
        if ((uint)second > 60) return RefusedReason.UnreadableTime;
        var local = _minuteTicks + (Math.Min(second, 59) * TimeSpan.TicksPerSecond);
        var at = 19;
        if (at < text.Length && text[at] is (byte)'.' or (byte)',')
        {
            at++;
            for (var digit = 0; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digit++)
                if (digit < Fraction.Length) local += (text[at] - '0') * Fraction[digit];
        }
        if (at + 1 == text.Length && text[at] == 'Z')
        {
            ticks = local;
            return RefusedReason.None;
        }
        return Zone(text[at..], local, out ticks);
    }

    private static bool Minute(ReadOnlySpan<byte> text, out long ticks)
    {
        if (!Day(text, out ticks) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':') return false;
        int hour = Two(text, 11), minute = Two(text, 14);
        ticks += ((hour * 60L) + minute) * TimeSpan.TicksPerMinute;
        return (uint)hour <= 23 && (uint)minute <= 59;
    }

    private RefusedReason Zone(ReadOnlySpan<byte> rest, long local, out long ticks)
    {
        ticks = local;
        rest = rest.TrimStart((byte)' ');
        if (rest.IsEmpty) return ToUtc(local, out ticks);
        if (rest.SequenceEqual("Z"u8) || rest.SequenceEqual("z"u8) || rest.SequenceEqual("UTC"u8)) return RefusedReason.None;
        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (3 or 5 or 6)) return RefusedReason.UnreadableTime;
        var (hours, minutes) = (Two(rest, 1), rest.Length switch { 3 => 0, 5 => Two(rest, 3), _ => rest[3] == ':' ? Two(rest, 4) : -1 });
        if ((uint)hours > 14 || (uint)minutes > 59) return RefusedReason.UnreadableTime;
        var offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        ticks = rest[0] == '+' ? local - offset : local + offset;
        return RefusedReason.None;
    }

    // Offsets change at a quarter of an hour at the earliest.
    private RefusedReason ToUtc(long local, out long ticks)
    {
        ticks = local;
        if (zone is null) return RefusedReason.NoOffset;
        if (local / Quarter != _quarter)
        {
            _quarter = local / Quarter;
            var time = new DateTime(_quarter * Quarter, DateTimeKind.Unspecified);
            // Of the hour that comes twice it is not known which one is meant; the one that is left out does not exist.
            _fault = zone.IsInvalidTime(time) ? RefusedReason.UnreadableTime
                : zone.IsAmbiguousTime(time) ? RefusedReason.AmbiguousTime : RefusedReason.None;
            _offset = _fault == RefusedReason.None ? zone.GetUtcOffset(time).Ticks : 0;
        }
        ticks = local - _offset;
        return _fault;
    }

    private RefusedReason Unix(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!Utf8Parser.TryParse(text, out decimal value, out var read) || read != text.Length || value is < 0 or > 99_999_999_999_999m)
            return RefusedReason.UnreadableTime;
        var unit = times == LogTimes.UnixSeconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        if (value * unit > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) return RefusedReason.UnreadableTime;
        ticks = DateTime.UnixEpoch.Ticks + (long)(value * unit);
        return RefusedReason.None;
    }

    private static bool Day(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        int century = Two(text, 0), year = Two(text, 2), month = Two(text, 5), day = Two(text, 8);
        if (century < 0 || year < 0 || text[4] != '-' || text[7] != '-') return false;
        year += century * 100;
        if (year < 1 || (uint)(month - 1) > 11 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    /// <summary>Two digits; negative where they are none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1 : (tens * 10) + ones;
    }
}
