using Microsoft.AspNetCore.Components;

namespace IncidentHub.Ui.Kit;

/// <summary>The common part of all fields: label, hint, the errors of a refusal, and the draft of the form.</summary>
public abstract class FieldBase<T> : ComponentBase, IFormField, IDisposable
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The field's name in the refusal's errors (camelCase, as in JSON), in a draft and in a static form's post.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public bool Optional { get; set; }
    [Parameter] public bool Disabled { get; set; }

    /// <summary>The label is read by screen readers but not shown: for filters, whose placeholder or choice is self-explanatory.</summary>
    [Parameter] public bool HideLabel { get; set; }
    [Parameter] public T? Value { get; set; }
    [Parameter] public EventCallback<T?> ValueChanged { get; set; }

    /// <summary>The last refusal of the form.</summary>
    [CascadingParameter] public Refusal? Refusal { get; set; }

    [CascadingParameter] public Form? Form { get; set; }

    /// <summary>Why the input is not accepted; while it is set the form cannot be sent.</summary>
    public string? Unread { get; protected set; }

    protected string Id { get; } = Ids.Next("field");

    /// <summary>The text under the field is its description for screen readers.</summary>
    protected string ErrorId => $"{Id}-error";

    protected string? HintId => Hint is null ? null : $"{Id}-hint";

    protected string? Error =>
        Unread ?? (Refusal?.Errors is { } errors && errors.TryGetValue(Name, out var mine)
            ? string.Join(" ", mine.Select(m => OffersOptions && m.StartsWith("One of ", StringComparison.Ordinal) ? "Choose one." : m))
            : null);

    protected string? LabelText => HideLabel ? null : Optional ? $"{Label} (optional)" : Label;

    /// <summary>Attributes of the input element itself.</summary>
    protected Dictionary<string, object?> InputAttributes => new()
    {
        ["name"] = Name,
        ["autocomplete"] = "off",
        ["aria-label"] = HideLabel ? Label : null,
        ["data-draft"] = Typed && Form?.DraftKey is not null ? "" : null,
    };

    /// <summary>The same, where a <see cref="FieldNote"/> below replaces MudBlazor's own text.</summary>
    protected Dictionary<string, object?> NotedAttributes =>
        new(InputAttributes) { ["aria-describedby"] = Error is null ? HintId : ErrorId };

    /// <summary>Whether all options are shown, in words: an error does not list the names that the API has for them.</summary>
    protected virtual bool OffersOptions => false;

    /// <summary>Whether the browser writes the input into the draft during typing, before the hub receives it.</summary>
    protected virtual bool Typed => false;

    protected override void OnInitialized() => Form?.Add(this);

    protected Task SetAsync(T? value)
    {
        Value = value;
        Form?.Keep(Name, Draft.Write(value));
        return ValueChanged.InvokeAsync(value);
    }

    /// <summary>Restores the value of this field from a draft.</summary>
    public virtual Task RestoreAsync(string kept) => Draft.TryRead<T>(kept, out var value) ? SetAsync(value) : Task.CompletedTask;

    public void Dispose()
    {
        Form?.Remove(this);
        GC.SuppressFinalize(this);
    }
}

/// <summary>The interface of a field to its form.</summary>
public interface IFormField
{
    string Name { get; }

    string? Unread { get; }

    Task RestoreAsync(string kept);
}
