using IncidentHub.Domain;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Ui.Kit;

/// <summary>What every field has: a label, a hint, and the errors that a refusal names for it.</summary>
public abstract class FieldBase<T> : ComponentBase
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The field's name in the refusal's errors (camelCase, as in JSON) and in a static form's post.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public bool Optional { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public T? Value { get; set; }
    [Parameter] public EventCallback<T?> ValueChanged { get; set; }

    /// <summary>The last refusal of the form: see <see cref="RefusalScope"/>.</summary>
    [CascadingParameter] public Refusal? Refusal { get; set; }

    protected string Id { get; } = Ids.Next("field");

    protected IReadOnlyList<string> Errors =>
        Refusal?.Errors is { } errors && errors.TryGetValue(Name, out var mine) ? mine : [];

    protected string? Invalid => Errors.Count > 0 ? "true" : null;

    protected string? DescribedBy => (Hint, Errors.Count) switch
    {
        (null, 0) => null,
        (null, _) => $"{Id}-error",
        (_, 0) => $"{Id}-hint",
        _ => $"{Id}-error {Id}-hint",
    };

    protected Task SetAsync(T? value)
    {
        Value = value;
        return ValueChanged.InvokeAsync(value);
    }
}
