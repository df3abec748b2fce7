using System.Text.Json.Nodes;
using Parley.Conversations;
using Parley.Server.Identity;

namespace Parley.Server.Gateway;

/// <summary>Which surveys an account has (protocol 15.2): those whose bot it still knows.</summary>
internal sealed class Surveys(Accounts accounts, AgentDirectory agents)
{
    public SurveyRules Of(string accountId)
    {
        if (accounts.Find(accountId)?.Settings.Surveys is not { Count: > 0 } surveys) return SurveyRules.None;
        var rules = new Dictionary<string, Survey>();
        Survey? byDefault = null;
        foreach (var (skill, setting) in surveys)
        {
            if ((agents.FindByLogin(accountId, setting.Agent) ?? agents.Find(accountId, setting.Agent)) is not { Enabled: true } bot) continue;
            var survey = new Survey(bot.Pid, setting.AppInstallId is { } app ? new JsonObject { ["appInstallId"] = app }.ToJsonString() : null);
            if (skill == SurveySetting.AnySkill) byDefault = survey;
            else rules[skill] = survey;
        }

        return new SurveyRules(rules, byDefault);
    }
}
