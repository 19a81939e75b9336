namespace IncidentHub.Response.Incidents;

/// <summary>The dialog that is open, one at a time.</summary>
public enum IncidentAsk
{
    Nothing, Sev, Assess, Contain, Resolve, Close, Reopen, Merge, Restrict, Details, Roles, Timestamp,
    Exposure, Program, Hold, Redact, Override
}
