using Microsoft.AspNetCore.Components;

namespace IncidentHub.Ui.Kit;

/// <summary>What every field has: a label, a hint, the errors that a refusal names for it, and its part in the draft of its form.</summary>
public abstract class FieldBase<T> : ComponentBase, IFormField, IDisposable
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The field's name in the refusal's errors (camelCase, as in JSON), in a draft and in a static form's post.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public bool Optional { get; set; }
    [Parameter] public bool Disabled { get; set; }

    /// <summary>The label is read out but not shown: for filters, whose placeholder or choice says what they are.</summary>
    [Parameter] public bool HideLabel { get; set; }
    [Parameter] public T? Value { get; set; }
    [Parameter] public EventCallback<T?> ValueChanged { get; set; }

    /// <summary>The last refusal of the form.</summary>
    [CascadingParameter] public Refusal? Refusal { get; set; }

    [CascadingParameter] public Form? Form { get; set; }

    /// <summary>Why what was typed is not taken; while it is set the form is not sent.</summary>
    public string? Unread { get; protected set; }

    protected string Id { get; } = Ids.Next("field");

    /// <summary>What stands under the field describes it to those who do not see it.</summary>
    protected string ErrorId => $"{Id}-error";

    protected string? HintId => Hint is null ? null : $"{Id}-hint";

    protected string? Error =>
        Unread ?? (Refusal?.Errors is { } errors && errors.TryGetValue(Name, out var mine) ? string.Join(" ", mine) : null);

    protected string? LabelText => HideLabel ? null : Optional ? $"{Label} (optional)" : Label;

    /// <summary>Attributes of the input element itself.</summary>
    protected Dictionary<string, object?> InputAttributes => new()
    {
        ["name"] = Name,
        ["autocomplete"] = "off",
        ["aria-label"] = HideLabel ? Label : null,
        ["data-draft"] = Typed && Form?.DraftKey is not null ? "" : null,
    };

    /// <summary>The same, where a <see cref="FieldNote"/> stands below instead of MudBlazor's own text.</summary>
    protected Dictionary<string, object?> NotedAttributes =>
        new(InputAttributes) { ["aria-describedby"] = Error is null ? HintId : ErrorId };

    /// <summary>Whether the browser writes what is being typed into the draft, before the hub hears of it.</summary>
    protected virtual bool Typed => false;

    protected override void OnInitialized() => Form?.Add(this);

    protected Task SetAsync(T? value)
    {
        Value = value;
        Form?.Keep(Name, Draft.Write(value));
        return ValueChanged.InvokeAsync(value);
    }

    /// <summary>Takes what a draft kept for this field.</summary>
    public virtual Task RestoreAsync(string kept) => Draft.TryRead<T>(kept, out var value) ? SetAsync(value) : Task.CompletedTask;

    public void Dispose()
    {
        Form?.Remove(this);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A field as its form knows it.</summary>
public interface IFormField
{
    string Name { get; }

    string? Unread { get; }

    Task RestoreAsync(string kept);
}
