using Parley.Server.Admin.Api.Canned;
using Parley.Server.Admin.Api.Explaining;
using Parley.Server.Admin.Api.Live;
using Parley.Server.Admin.Api.Settings;
using Parley.Server.Admin.Api.Skills;
using Parley.Server.Admin.Api.Statistics;
using Parley.Server.Admin.Api.Users;

namespace Parley.Server.Admin.Api;

/// <summary>All of the admin API: routes, their authorisation and the OpenAPI document follow from it.</summary>
internal static class AdminTable
{
    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        .. UserEndpoints.All, .. SkillEndpoints.All, .. AnswerEndpoints.All, .. SettingsEndpoints.All, .. LiveEndpoints.All, .. ExplainEndpoints.All,
        .. StatisticsEndpoints.All,
    ];
}
