namespace IncidentHub.Domain;

/// <summary>
/// What a rule or a handler answers: a value, or the refusal that says why not. Never an exception for something that a person can cause.
/// </summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool IsOk => Refusal is null;

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> on a refusal: ask <see cref="IsOk"/> first.</summary>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"Refused: {Refusal!.Code}: {Refusal.Message}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>For acts that answer nothing but «done».</summary>
public readonly record struct Done;
