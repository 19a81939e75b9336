namespace IncidentHub.Domain;

/// <summary>An accepted command: the state to save, and the events that describe the change.</summary>
public sealed record Accepted<TState>(TState Next, IReadOnlyList<DomainEvent> Events);

/// <summary>Creates accepted outcomes with type inference.</summary>
public static class Outcome
{
    public static Result<Accepted<TState>> Accept<TState>(TState next, params IReadOnlyList<DomainEvent> events) =>
        new Accepted<TState>(next, events);
}

/// <summary>Something that happened to an aggregate. Names are past tense; each becomes a timeline entry.</summary>
public abstract record DomainEvent;

/// <summary>Why a command was refused.</summary>
/// <param name="Kind">Determines the HTTP status.</param>
/// <param name="Code">Stable, machine-readable: <c>snake_case</c>.</param>
/// <param name="Message">Readable: what is wrong and what to do.</param>
/// <param name="Errors">Messages by field (camelCase, as in JSON): always for <see cref="RefusalKind.Invalid"/>, otherwise where one field
/// is the cause.</param>
/// <param name="Changes">For a stale write: what changed meanwhile, by whom.</param>
public sealed record Refusal(
    RefusalKind Kind,
    string Code,
    string Message,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    IReadOnlyList<string>? Changes = null)
{
    /// <summary>For <see cref="RefusalKind.TooMany"/>: when to retry.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Invalid(string field, string message) =>
        new(RefusalKind.Invalid, "invalid", message, new Dictionary<string, string[]> { [field] = [message] });

    public static Refusal NotAllowed(string code, string message) => new(RefusalKind.Conflict, code, message);

    /// <summary>The same, for one field of the form.</summary>
    public static Refusal NotAllowed(string code, string field, string message) =>
        NotAllowed(code, message) with { Errors = new Dictionary<string, string[]> { [field] = [message] } };

    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, "not_found", $"{what} was not found. Check the code.");

    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, "forbidden", message);

    /// <summary>Rate limit exceeded.</summary>
    public static Refusal TooMany(string message, TimeSpan retryAfter) =>
        new(RefusalKind.TooMany, "too_many", message) { RetryAfter = retryAfter };

    /// <summary>The aggregate was changed since it was read.</summary>
    public static Refusal Stale(string message, IReadOnlyList<string>? changes = null) =>
        new(RefusalKind.Conflict, "stale", message, Changes: changes);
}

/// <summary>
/// The kinds of refusal: 400 for <see cref="Invalid"/>, 403, 404, 409 for <see cref="Conflict"/>, 429 for <see cref="TooMany"/>.
/// </summary>
public enum RefusalKind { Invalid, Forbidden, NotFound, Conflict, TooMany }

/// <summary>Collects field errors, so that a form shows all of them at once.</summary>
public sealed class Validation
{
    private readonly Dictionary<string, List<string>> _errors = [];

    /// <summary>Adds <paramref name="message"/> to <paramref name="field"/> where <paramref name="ok"/> is false.</summary>
    public Validation Check(bool ok, string field, string message)
    {
        if (!ok)
        {
            if (!_errors.TryGetValue(field, out var list)) _errors[field] = list = [];
            list.Add(message);
        }
        return this;
    }

    /// <summary>Text of several lines, by <see cref="TextRules"/>.</summary>
    /// <param name="max">In characters as a person counts them.</param>
    public Validation Text(string? value, string field, int max, bool required = true) => Text(value, field, max, required, oneLine: false);

    /// <summary>Text of one line: a name, a title, a label. Otherwise as <see cref="Text(string?, string, int, bool)"/>.</summary>
    public Validation Line(string? value, string field, int max, bool required = true) => Text(value, field, max, required, oneLine: true);

    /// <summary>Adds the errors of another validation.</summary>
    public Validation Add(Validation other)
    {
        foreach (var (field, messages) in other._errors)
        {
            foreach (var message in messages) Check(false, field, message);
        }
        return this;
    }

    /// <summary>The refusal with every field, or null where all are valid.</summary>
    public Refusal? ToRefusal() => _errors.Count == 0
        ? null
        : new Refusal(RefusalKind.Invalid, "invalid", _errors.Count == 1 ? "One field needs correction." : "Some fields need correction.",
            _errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));

    private Validation Text(string? value, string field, int max, bool required, bool oneLine)
    {
        // The normal form is what is stored.
        var text = TextNormaliser.OrNull(value);
        if (text is null) return required ? Check(false, field, "This field is required.") : this;
        return TextRules.Fault(text, max, oneLine) is { } fault ? Check(false, field, fault) : this;
    }
}
