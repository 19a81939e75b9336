using System.Globalization;
using System.Text.Json;

namespace IncidentHub.Ui.Kit;

/// <summary>
/// How the value of a field is written into a draft. Text stands as it is: the browser writes it, too, while it is being typed.
/// </summary>
internal static class Draft
{
    public static string Write<T>(T? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable n when n is long or int => n.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };

    /// <summary>False where the draft holds something that this field does not take: an option that is gone.</summary>
    public static bool TryRead<T>(string kept, out T? value)
    {
        value = default;
        if (kept.Length == 0) return true;
        if (typeof(T) == typeof(string))
        {
            value = (T)(object)kept;
            return true;
        }
        try
        {
            value = JsonSerializer.Deserialize<T>(kept);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
