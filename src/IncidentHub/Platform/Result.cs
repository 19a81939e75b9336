namespace IncidentHub.Platform;

/// <summary>What a handler answers: a value, or the refusal that says why not.</summary>
internal sealed class Result<T>
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
internal readonly record struct Done;
