namespace IncidentHub.Demo.Fleet;

/// <param name="Collectors">The number of sample collectors; 0 for none.</param>
internal sealed record FleetOptions(int Collectors)
{
    public const int Default = 30, Max = 500;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a description of the invalid value.</summary>
    public static FleetOptions Read(IConfiguration configuration) =>
        configuration["Demo:Collectors"] is not { Length: > 0 } text ? new(Default)
        : int.TryParse(text, out var collectors) && collectors is >= 0 and <= Max ? new(collectors)
        : throw new InvalidOperationException($"Demo:Collectors must be a number from 0 to {Max}: {text}");
}
