using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Members of enumerations by name, in any case and with blanks around them. The framework's converter also takes several names with commas
/// and combines their numbers, which can be the number of a third member.
/// </summary>
internal sealed class EnumNames : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Codes.TryRead<T>(reader.GetString(), out var member)
                ? member : throw new JsonException(Codes.Allowed(typeof(T)));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Name(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Codes.TryRead<T>(reader.GetString(), out var member) ? member : throw new JsonException(Codes.Allowed(typeof(T)));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Name(value));

        private static string Name(T value) => Enum.IsDefined(value) ? value.ToString() : throw new JsonException($"{value} has no name.");
    }
}
