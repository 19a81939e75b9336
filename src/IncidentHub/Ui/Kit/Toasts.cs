namespace IncidentHub.Ui.Kit;

/// <summary>
/// Short confirmations in the corner; one list per circuit. A message that needs a response is a <see cref="Notice"/> instead.
/// </summary>
public sealed class Toasts
{
    private readonly List<Toast> _all = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> All => _all;

    public void Done(string text) => Add(new Toast(text, Tone.Ok));

    public void Failed(string text) => Add(new Toast(text, Tone.Bad));

    public void Close(Toast toast)
    {
        if (_all.Remove(toast)) Changed?.Invoke();
    }

    private void Add(Toast toast)
    {
        _all.Add(toast);
        if (_all.Count > 4) _all.RemoveAt(0);
        Changed?.Invoke();
    }
}

/// <summary>A class, so that two toasts with the same text are distinct.</summary>
public sealed class Toast(string text, Tone tone)
{
    public string Text { get; } = text;

    public Tone Tone { get; } = tone;
}
