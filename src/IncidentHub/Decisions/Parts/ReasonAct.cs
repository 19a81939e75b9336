namespace IncidentHub.Decisions.Parts;

/// <summary>Acts on a decision that need only a reason. <see cref="PlacedInError"/> also reverts itself.</summary>
public enum ReasonAct { Reject, Withdraw, PlacedInError }
