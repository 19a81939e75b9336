namespace IncidentHub.Browser.Tests.Forms;

/// <summary>A form, how one gets to it, and what is tried on it.</summary>
/// <param name="Openers">Buttons or menu items that open it, in their order; none: it stands on the page.</param>
/// <param name="State">What the API says of the thing: nothing that is refused may change it.</param>
internal sealed record Form(string Name, string Account, string Path, string[] Openers, string Sender, string State, params Blow[] Blows)
{
    /// <summary>Whether the form stands on the page itself, not in a dialog.</summary>
    public bool OnPage { get; init; } = Openers.Length == 0;

    /// <summary>The sender is called just that; otherwise its name goes on with what it will do.</summary>
    public bool Exactly => Sender is not ("Declare" or "Publish version");

    public override string ToString() => Name;
}

/// <summary>One bad input: what is put into the form's fields by their labels, and the field at which it must be refused.</summary>
/// <param name="At">The label of the field that must say what to do; null: the notice of the form says it.</param>
/// <param name="Says">Part of what it says.</param>
internal sealed record Blow(string? At, string Says, params (string Label, string Value)[] Put)
{
    /// <summary>A choice that the form takes at once and forgets: a program that is linked.</summary>
    public const string Taken = "(taken) ";

    /// <summary>A choice of a group of cards, or a check box that is to be on.</summary>
    public const string Chosen = "(chosen) ";
}
