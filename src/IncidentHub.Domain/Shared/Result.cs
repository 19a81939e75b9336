namespace IncidentHub.Domain;

/// <summary>The result of a rule or a handler: a value or a refusal. Expected refusals are never exceptions.</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool IsOk => Refusal is null;

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> on a refusal: check <see cref="IsOk"/> first.</summary>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"Refused: {Refusal!.Code}: {Refusal.Message}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of commands that return nothing.</summary>
public readonly record struct Done;
