namespace Parley.Server.Identity;

/// <summary>A survey after a conversation (protocol 15.2).</summary>
/// <param name="Agent">Login or id of the bot that asks.</param>
/// <param name="AppInstallId">The application it answers to, or null.</param>
public sealed record SurveySetting(string Agent, string? AppInstallId = null)
{
    /// <summary>The key of the survey of all skills that have none of their own.</summary>
    public const string AnySkill = "*";

    internal static void Check(IReadOnlyDictionary<string, SurveySetting> surveys)
    {
        if (surveys.Values.Any(survey => survey is null || string.IsNullOrWhiteSpace(survey.Agent)))
            throw new RefusedException("""surveys name an agent by skill, like {"*":{"agent":"LOGIN","appInstallId":"ID"}}.""");
    }
}
