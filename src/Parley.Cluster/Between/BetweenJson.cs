using System.Text.Json.Serialization;
using Parley.Conversations;
using Parley.Conversations.Commands;

namespace Parley.Cluster.Between;

/// <summary>The JSON of what travels seldom between nodes. Enum members are numbers, as in the journal.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForwardedChange))]
[JsonSerializable(typeof(OfferRing))]
[JsonSerializable(typeof(SurveyRules))]
internal sealed partial class BetweenJson : JsonSerializerContext;
