namespace IncidentHub.Decisions.Parts;

/// <summary>Acts on a decision that need nothing but a reason. <see cref="PlacedInError"/> is also the way back from it.</summary>
public enum ReasonAct { Reject, Withdraw, PlacedInError }
