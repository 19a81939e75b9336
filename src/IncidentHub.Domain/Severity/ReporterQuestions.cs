namespace IncidentHub.Domain.Severity;

/// <summary>What kind of data is it about?</summary>
public enum DataAnswer
{
    /// <summary>Private conversations, health, pay, performance, credentials and the like.</summary>
    Sensitive,

    /// <summary>Other data about people.</summary>
    Ordinary,

    /// <summary>No data: a question or a near miss.</summary>
    Question,
    NotSure,
}

/// <summary>Who could see it?</summary>
public enum AudienceAnswer { OutsideCompany, WholeCompany, Team, Nobody, NotSure }

/// <summary>Is it still open? It does not change the level; it tells triage how urgent it is.</summary>
public enum StillOpenAnswer { Yes, No, NotSure }

/// <summary>The SEV that a reporter's three answers suggest. Triage decides; «not sure» counts as the worse answer.</summary>
public static class ReporterQuestions
{
    public static Sev Suggest(DataAnswer data, AudienceAnswer audience)
    {
        if (data == DataAnswer.Question) return Sev.Notice;
        var sensitive = data is DataAnswer.Sensitive or DataAnswer.NotSure;
        return audience switch
        {
            AudienceAnswer.OutsideCompany or AudienceAnswer.NotSure => sensitive ? Sev.Critical : Sev.Major,
            AudienceAnswer.WholeCompany => sensitive ? Sev.Major : Sev.Moderate,
            AudienceAnswer.Team => Sev.Moderate,
            AudienceAnswer.Nobody => Sev.Minor,
            _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, "Unknown answer."),
        };
    }
}
