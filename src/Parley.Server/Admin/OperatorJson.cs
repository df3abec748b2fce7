using System.Text.Json.Serialization;

namespace Parley.Server.Admin;

/// <summary>The JSON of operations, over HTTP and on the command line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = false,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AccountScope))]
[JsonSerializable(typeof(AddAccount))]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(ChangeSettings))]
[JsonSerializable(typeof(AddConnector))]
[JsonSerializable(typeof(ConnectorName))]
[JsonSerializable(typeof(ConnectorList))]
[JsonSerializable(typeof(AddAgent))]
[JsonSerializable(typeof(AgentAdded))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(AgentName))]
[JsonSerializable(typeof(ChangeAgent))]
[JsonSerializable(typeof(SetPassword))]
[JsonSerializable(typeof(PasswordSet))]
[JsonSerializable(typeof(AddSkill))]
[JsonSerializable(typeof(ChangeSkill))]
[JsonSerializable(typeof(SkillName))]
[JsonSerializable(typeof(SkillList))]
[JsonSerializable(typeof(MintToken))]
[JsonSerializable(typeof(TokenMinted))]
[JsonSerializable(typeof(RevokeToken))]
[JsonSerializable(typeof(TokenRevoked))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(RotateKeys))]
[JsonSerializable(typeof(KeysRotated))]
[JsonSerializable(typeof(OperatorError))]
public sealed partial class OperatorJson : JsonSerializerContext;
