using Npgsql;
using Parley.Journal.Postgres.Migrating;

namespace Parley.Accounts.Postgres.Files;

/// <summary>The tables of shared files: the catalogue, and what is in them.</summary>
public static class FileTables
{
    internal const string Part = "files";

    // A step is never edited once released; changes are appended. Pieces are read whole and seldom shrink when packed.
    internal static readonly string[] Steps =
    [
        """
        CREATE TABLE files(path text COLLATE "C" PRIMARY KEY, account text COLLATE "C" NOT NULL, uploader text COLLATE "C" NOT NULL, state integer NOT NULL,
            bytes bigint NOT NULL, added_ts bigint NOT NULL, shares integer NOT NULL);
        CREATE INDEX files_by_account ON files(account) INCLUDE (bytes);
        CREATE INDEX files_unshared ON files(added_ts) WHERE shares = 0;
        CREATE INDEX files_unshared_by_uploader ON files(account, uploader) WHERE shares = 0;
        CREATE TABLE shares(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text COLLATE "C" NOT NULL REFERENCES files, conversation text COLLATE "C" NOT NULL,
            dialog text COLLATE "C" NOT NULL, audience integer NOT NULL, first_sequence bigint NOT NULL);
        CREATE INDEX shares_by_path ON shares(path);

        CREATE TABLE file_upload(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text COLLATE "C" NOT NULL, begun_ts bigint NOT NULL, bytes bigint, gone_ts bigint);
        CREATE INDEX file_upload_by_path ON file_upload(path);
        CREATE UNIQUE INDEX file_upload_shown ON file_upload(path) WHERE bytes IS NOT NULL AND gone_ts IS NULL;
        CREATE INDEX file_upload_left ON file_upload(begun_ts) WHERE bytes IS NULL OR gone_ts IS NOT NULL;
        CREATE TABLE file_piece(upload bigint NOT NULL REFERENCES file_upload ON DELETE CASCADE, number integer NOT NULL, content bytea NOT NULL, PRIMARY KEY(upload, number));
        ALTER TABLE file_piece ALTER content SET STORAGE EXTERNAL;
        """,
    ];

    /// <summary>Creates the tables, or brings them up to date.</summary>
    /// <exception cref="Parley.Journal.JournalUnavailableException">The database does not answer.</exception>
    public static void Prepare(NpgsqlDataSource database) => Migrations.Apply(database, Part, Steps);
}
