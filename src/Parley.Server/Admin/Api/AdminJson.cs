using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parley.Conversations;
using Parley.Conversations.Routing;
using Parley.Server.Admin.Api.Canned;
using Parley.Server.Admin.Api.Explaining;
using Parley.Server.Admin.Api.Live;
using Parley.Server.Admin.Api.Skills;
using Parley.Server.Admin.Api.Statistics;
using Parley.Server.Admin.Api.Users;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api;

/// <summary>The JSON of the admin API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(NamedInJson<AgentRole>), typeof(NamedInJson<UserType>), typeof(NamedInJson<Readiness>), typeof(NamedInJson<Urgency>),
        typeof(NamedInJson<RingState>), typeof(NamedInJson<ExplainedState>),
    ])]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(UserAdd))]
[JsonSerializable(typeof(UserAdded))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(PasswordSet))]
[JsonSerializable(typeof(SkillList))]
[JsonSerializable(typeof(Skill))]
[JsonSerializable(typeof(SkillAdd))]
[JsonSerializable(typeof(SkillPatch))]
[JsonSerializable(typeof(AnswerList))]
[JsonSerializable(typeof(AnswerAdd))]
[JsonSerializable(typeof(AnswerChange))]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(QueuePage))]
[JsonSerializable(typeof(AgentsPage))]
[JsonSerializable(typeof(ColleagueList))]
[JsonSerializable(typeof(FeedSnapshot))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Today))]
[JsonSerializable(typeof(AdminError))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class AdminJson : JsonSerializerContext;
