using System.Globalization;
using System.Text.Json;

namespace IncidentHub.Ui.Kit;

/// <summary>How the value of a field is stored in a draft. Text is stored unchanged: the browser writes it, too, during typing.</summary>
internal static class Draft
{
    public static string Write<T>(T? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable n when n is long or int => n.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };

    /// <summary>False where the draft holds a value that this field does not accept, such as an option that no longer exists.</summary>
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
