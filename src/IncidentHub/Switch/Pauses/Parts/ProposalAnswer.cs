namespace IncidentHub.Switch.Pauses.Parts;

/// <summary>How a proposed pause is answered before its deadline.</summary>
public enum ProposalAnswer { PauseNow, Decline }
