namespace IncidentHub.Tests.Access;

// The tables: what the product promises to each account.
public sealed partial class AccessMatrixTests
{
    // E employee. R responder, who commands INC-1; r second responder. O owner of the programs, d deputy, o owner of other programs.
    // P privacy, C counsel, X executive, A administrator, U auditor, D data protection officer, W works council. In brackets: a body
    // decides.
    private const string Commands = """
        POST /api/v1/programs                                            O d o
        PUT /api/v1/programs/{code}                                      O d
        POST /api/v1/programs/{code}/launch                              O d
        POST /api/v1/programs/{code}/safeguards                          O d
        POST /api/v1/programs/{code}/safeguards/{number:int}/verify      R r O d P
        PUT /api/v1/programs/{code}/safeguards/{number:int}/period       O d
        POST /api/v1/datasets                                            R r O d o P
        POST /api/v1/datasets/import                                     R r O d o P
        PUT /api/v1/datasets/{name}                                      R r O P
        PUT /api/v1/datasets/{name}/upstream/{upstream}                  R r O d P
        DELETE /api/v1/datasets/{name}/upstream/{upstream}               R r O d P
        PUT /api/v1/datasets/{name}/programs/{code}                      R r O d P
        DELETE /api/v1/datasets/{name}/programs/{code}                   R r O d P
        POST /api/v1/keys                                                O d A
        POST /api/v1/keys/{id:guid}/rotate                               O d A
        POST /api/v1/keys/{id:guid}/revoke                               O d A
        POST /api/v1/collectors/{id:guid}/revoke                         O d A
        POST /api/v1/programs/{code}/pauses                              R r O d P X
        POST /api/v1/pauses/{id:guid}/activate                           R r O d P X
        POST /api/v1/pauses/{id:guid}/decline                            O d
        POST /api/v1/pauses/{id:guid}/seal-buffers                       R r O d P X
        POST /api/v1/programs/{code}/quarantined-batches/dispose         O d P
        POST /api/v1/programs/{code}/violation/acknowledge               R r O d P
        POST /api/v1/programs/{code}/switch/confirm                      O d
        POST /api/v1/decisions/{code}/criteria/{kind}/meet               R r O d P
        POST /api/v1/decisions/{code}/criteria/{kind}/waive              R r O d P
        POST /api/v1/decisions/{code}/criteria/{kind}/reopen             R r O d P
        POST /api/v1/decisions/{code}/placed-in-error                    R r O d P
        POST /api/v1/decisions/{code}/not-placed-in-error                R r O d P
        POST /api/v1/decisions/{code}/propose                            R r O d P
        POST /api/v1/decisions/{code}/withdraw                           R r O d P
        POST /api/v1/decisions/{code}/approve                            O d P X
        POST /api/v1/decisions/{code}/reject                             O d P X
        POST /api/v1/decisions/{code}/opinions/request                   P
        POST /api/v1/decisions/{code}/opinions/requests/{number:int}/withdraw  P
        POST /api/v1/decisions/{code}/opinions                           P D W
        POST /api/v1/flags                                               E R r O d o P C X A U D W
        POST /api/v1/flags/{code}/acknowledge                            R r P
        POST /api/v1/flags/{code}/dismiss                                R r P
        POST /api/v1/flags/{code}/merge                                  R r P
        POST /api/v1/flags/{code}/messages                               R r P o
        POST /api/v1/flags/{code}/files                                  o
        POST /api/v1/flags/triage                                        R r P
        POST /api/v1/incidents                                           R r P
        PATCH /api/v1/incidents/{code}                                   R r P
        POST /api/v1/incidents/{code}/sev                                R r P
        POST /api/v1/incidents/{code}/assessment                         R r P
        POST /api/v1/incidents/{code}/contain                            R r P
        POST /api/v1/incidents/{code}/resolve                            R r P
        POST /api/v1/incidents/{code}/close                              R r P
        POST /api/v1/incidents/{code}/reopen                             R r P
        POST /api/v1/incidents/{code}/merge                              R r P
        POST /api/v1/incidents/{code}/confidentiality                    R P C
        POST /api/v1/incidents/{code}/break-glass                        R r X
        POST /api/v1/incidents/{code}/timestamps                         R r P
        POST /api/v1/incidents/{code}/roles                              R r P
        DELETE /api/v1/incidents/{code}/roles/{role}/{account}           R r P
        POST /api/v1/incidents/{code}/programs                           R r P
        PATCH /api/v1/incidents/{code}/programs/{program}                R r P
        POST /api/v1/incidents/{code}/programs/{program}/withdraw        R r P
        POST /api/v1/incidents/{code}/exposures                          R r P
        PUT /api/v1/incidents/{code}/exposures/{id:guid}                 R r P
        POST /api/v1/incidents/{code}/exposures/{id:guid}/withdraw       R r P
        POST /api/v1/incidents/{code}/notes                              R r P
        PUT /api/v1/incidents/{code}/notes/{id:guid}                     R
        POST /api/v1/incidents/{code}/timeline/{id:guid}/pin             R r P
        DELETE /api/v1/incidents/{code}/timeline/{id:guid}/pin           R r P
        POST /api/v1/incidents/{code}/redact                             P
        POST /api/v1/incidents/{code}/timeline/{id:guid}/redact          P
        POST /api/v1/tasks/{code}/redact                                 P
        POST /api/v1/flags/{code}/redact                                 P
        POST /api/v1/decisions/{code}/redact                             P
        POST /api/v1/statements/{code}/redact                            P
        POST /api/v1/evidence/{code}/redact                              P
        POST /api/v1/incidents/{code}/privileged-notes                   C
        PUT /api/v1/incidents/{code}/privileged-notes/{id:guid}          C
        POST /api/v1/incidents/{code}/privileged-readers                 C
        DELETE /api/v1/incidents/{code}/privileged-readers/{account}     C
        POST /api/v1/incidents/{code}/legal-holds                        P C
        POST /api/v1/incidents/{code}/legal-holds/{id:guid}/release      P C
        POST /api/v1/incidents/{code}/evidence                           R r O d P C
        POST /api/v1/incidents/{code}/access-reviews                     R r P
        POST /api/v1/incidents/{code}/access-reviews/preview             R r P
        POST /api/v1/access-reviews/{code}/cancel                        R r P
        POST /api/v1/access-reviews/{code}/resume                        R r P
        POST /api/v1/access-reviews/{code}/sign-off                      P
        POST /api/v1/tasks                                               R r P
        PUT /api/v1/tasks/{code}                                         R r P
        POST /api/v1/tasks/{code}/complete                               R r P O
        POST /api/v1/tasks/{code}/check                                  R r P
        POST /api/v1/tasks/{code}/reopen                                 R r P
        POST /api/v1/tasks/{code}/cancel                                 R r P
        POST /api/v1/incidents/{code}/obligations                        R r P
        POST /api/v1/obligations/{code}/trigger                          R r P
        POST /api/v1/obligations/{code}/notices                          P
        POST /api/v1/obligations/{code}/delay                            P
        POST /api/v1/obligations/{code}/end-delay                        P
        POST /api/v1/obligations/{code}/not-required                     P
        POST /api/v1/obligations/{code}/reopen                           P
        PUT /api/v1/regimes/{code}                                       A
        PUT /api/v1/holiday-calendars/{calendar}/{year:int}              A
        POST /api/v1/calendar-feed                                       R r O d o P C X A U
        DELETE /api/v1/calendar-feed                                     R r O d o P C X A U
        POST /api/v1/incidents/{code}/suggestions/confirm                R r P
        POST /api/v1/incidents/{code}/suggestions/set-aside              R r P
        POST /api/v1/incidents/{code}/override-advice                    R r P
        POST /api/v1/incidents/{code}/related                            R r P
        POST /api/v1/incidents/{code}/related/{other}/remove             R r P
        PUT /api/v1/incidents/{code}/series                              R r P
        POST /api/v1/incidents/{code}/series/leave                       R r P
        POST /api/v1/incidents/{code}/updates                            R r P
        PUT /api/v1/incidents/{code}/updates/{id:guid}                   R r P
        PUT /api/v1/incidents/{code}/reviews                             R r P
        POST /api/v1/incidents/{code}/reviews/complete                   R r P
        POST /api/v1/incidents/{code}/reviews/reopen                     R r P
        POST /api/v1/causes                                              A
        PATCH /api/v1/causes/{id:guid}                                   A
        POST /api/v1/incidents/{code}/statements                         R r O d P C X
        PUT /api/v1/statements/{code}                                    R r O d P C X
        POST /api/v1/statements/{code}/publish                           P C X
        POST /api/v1/statements/{code}/withdraw                          P C X
        POST /api/v1/notices/similar                                     E R r O d o P C X A U D W
        POST /api/v1/notices/{code}/questions                            E R r O d o P C X A U D W
        POST /api/v1/notices/{code}/questions/{id:guid}/answer           R r O d P C X
        POST /sign-in/oidc/{provider}/link                               E R r O d o P C X A U D W
        POST /account/passkeys/options                                   E R r O d o P C X A U D W
        POST /account/passkeys                                           E R r O d o P C X A U D W
        POST /api/v1/identity/mapping/preview                            A
        PUT /api/v1/identity/mapping                                     A
        POST /api/v1/people                                              A
        PATCH /api/v1/people/{account}                                   A
        POST /api/v1/people/{account}/lend                               A
        POST /api/v1/people/{account}/end-loan                           A
        POST /api/v1/people/{account}/deactivate                         A
        POST /api/v1/people/{account}/reactivate                         A
        POST /api/v1/people/{account}/reset                              A
        POST /api/v1/people/{account}/end-sessions                       A
        POST /api/v1/people/{account}/remove-second-factor               A
        POST /api/v1/people/{account}/unlink                             A
        PUT /api/v1/policy                                               A
        POST /api/v1/signing-keys/rotate                                 A
        POST /api/v1/signing-keys/{kid}/withdraw                         A
        POST /api/v1/jobs/{id}/requeue                                   A
        """;

    private const string Readers = "R r O d o P C X A U";

    // What they read beside the decisions, every reporter reads.
    private const string Officers = "D W";

    // Everybody who reads open incidents, programs and datasets, where nothing else is said.
    private static readonly string Reads = $"""
        /api/v1/programs                                   {Readers}
        /api/v1/programs/MCI                               {Readers}
        /api/v1/programs/MCI/pauses                        {Readers}
        /api/v1/programs/MCI/quarantined-batches           {Readers}
        /api/v1/programs/MCI/switch                        {Readers}
        /api/v1/violations                                 {Readers}
        /api/v1/pauses/pause                               {Readers}
        /api/v1/pauses/pause/proofs.ndjson                 R r O d
        /api/v1/pauses/pause/proofs.csv                    R r O d
        /api/v1/collectors?program=MCI                     R r O d
        /api/v1/datasets                                   {Readers}
        /api/v1/datasets/transcriptions                    {Readers}
        /api/v1/datasets/transcriptions/downstream         {Readers}
        /api/v1/incidents                                  {Readers}
        /api/v1/incidents/INC-1                            {Readers}
        /api/v1/incidents/INC-1/timeline                   {Readers}
        /api/v1/incidents/INC-1/texts                      P
        /api/v1/decisions/D-1/texts                        P
        /api/v1/tasks/T-1/texts                            P
        /api/v1/flags/F-1/texts                            P
        /api/v1/statements/S-1/texts                       P
        /api/v1/evidence/E-1/texts                         P
        /api/v1/incidents/INC-1/collection                 R r O d P C X
        /api/v1/incidents/INC-1/notes/note                 {Readers}
        /api/v1/incidents/INC-1/notes/note/revisions       {Readers}
        /api/v1/incidents/INC-1/evidence                   {Readers}
        /api/v1/evidence/E-1                               {Readers}
        /api/v1/evidence/E-1/custody                       {Readers}
        /api/v1/evidence/E-1/content                       R r O d P C
        /api/v1/incidents/INC-1/privileged-notes           C
        /api/v1/incidents/INC-1/access-reviews             {Readers}
        /api/v1/access-reviews/review                      R r P C
        /api/v1/access-reviews/review/accounts             R r P C
        /api/v1/access-reviews/review/accounts/0/accesses  R r P C
        /api/v1/decisions                                  {Readers} {Officers}
        /api/v1/decisions/D-1                              {Readers} {Officers}
        /api/v1/decisions/D-1/record                       {Readers} {Officers}
        /api/v1/decisions/D-1/opinions                     {Readers} {Officers}
        /api/v1/decisions/D-1/opinions/2                   {Readers} {Officers}
        /api/v1/decisions/D-1/opinions/2/document          {Readers} {Officers}
        /api/v1/decisions/D-1/opinions/2/custody           {Readers} {Officers}
        /api/v1/incidents/INC-1/opinions                   {Readers}
        /api/v1/tasks                                      {Readers}
        /api/v1/tasks?mine=true                            E {Readers} {Officers}
        /api/v1/tasks/T-1                                  {Readers}
        /api/v1/obligations                                {Readers}
        /api/v1/obligations/O-1                            {Readers}
        /api/v1/incidents/INC-1/obligation-proposals       {Readers}
        /api/v1/incidents/INC-1/blast-radius               {Readers}
        /api/v1/incidents/INC-1/related                    {Readers}
        /api/v1/incidents/INC-1/snapshot                   {Readers}
        /api/v1/incidents/INC-1/snapshot/obligations       {Readers}
        /api/v1/incidents/INC-1/snapshot/tasks             {Readers}
        /api/v1/incidents/INC-1/timeline.csv               {Readers}
        /api/v1/incidents/INC-1/timeline.md                {Readers}
        /api/v1/reviews                                    {Readers}
        /api/v1/incidents/INC-1/reviews                    {Readers}
        /api/v1/causes                                     {Readers}
        /api/v1/causes/01926e50-0000-7000-8000-000000000001  {Readers}
        /api/v1/statements                                 {Readers}
        /api/v1/statements/S-1                             {Readers}
        /api/v1/notices                                    E {Readers} {Officers}
        /api/v1/notices/INC-1                              E {Readers} {Officers}
        /api/v1/regimes                                    {Readers}
        /api/v1/regimes/GDPR                               {Readers}
        /api/v1/holiday-calendars                          {Readers}
        /api/v1/holiday-calendars/US-FEDERAL               {Readers}
        /api/v1/flags                                      E {Readers} {Officers}
        /api/v1/flags/F-1                                  R r P o
        /api/v1/flags/F-1/files/1                          R r P o
        /api/v1/dashboard                                  {Readers}
        /api/v1/policy                                     {Readers}
        /api/v1/policy/versions                            {Readers}
        /api/v1/policy/versions/1                          {Readers}
        /api/v1/keys                                       {Readers}
        /api/v1/keys?program=MCI                           O d A
        /api/v1/signing-keys                               A
        /api/v1/jobs/failed                                A
        /api/v1/identity/mapping                           A
        /api/v1/people                                     A
        /api/v1/people/owner                               A
        /api/v1/audit                                      U
        /api/v1/audit/verification                         U
        /api/v1/audit/checkpoints                          U
        /api/v1/audit/export                               U
        """;

    // A page that somebody may open may still say that there is nothing for them.
    private static readonly string Pages = $"""
        /                          E {Readers} {Officers}
        /flags                     E {Readers} {Officers}
        /flags/new                 E {Readers} {Officers}
        /flags/F-1                 E {Readers} {Officers}
        /tasks                     E {Readers} {Officers}
        /notices                   E {Readers} {Officers}
        /notices/INC-1             E {Readers} {Officers}
        /obligations               {Readers}
        /reviews                   {Readers}
        /causes                    {Readers}
        /regimes                   {Readers}
        /incidents                 {Readers}
        /incidents/INC-1           {Readers}
        /incidents/INC-1/blast-radius  {Readers}
        /incidents/INC-1/timeline  {Readers}
        /incidents/new             R r P
        /programs                  {Readers}
        /programs/MCI              {Readers}
        /programs/new              {Readers}
        /programs/MCI/edit         {Readers}
        /datasets                  {Readers}
        /datasets/new              {Readers}
        /datasets/import           {Readers}
        /datasets/names            {Readers}
        /datasets/names/edit       {Readers}
        /access-reviews/new        R r P
        /access-reviews/AR-NOTONE  {Readers}
        /decisions                 {Readers} {Officers}
        /decisions/D-1             {Readers} {Officers}
        /dashboard                 {Readers}
        /sev-policy                {Readers}
        /keys                      {Readers}
        /jobs                      A
        /audit                     U
        /identity-providers        A
        /people                    A
        /people/owner              A
        /account                   E {Readers} {Officers}
        /denied                    E {Readers} {Officers}
        /not-found                 E {Readers} {Officers}
        /kit/empty                 E {Readers} {Officers}
        """;

    // Routes that are no person's: open to everybody, or a machine's, by the scope of its key.
    private static readonly string[] Others =
    [
        "GET /.well-known/jwks.json", "GET /openapi/{documentName}.json", "GET /api/v1/gate/dispositions", "GET /api/v1/collectors/events",
    ];

    private static readonly Dictionary<string, string> Accounts = new()
    {
        ["E"] = "employee",
        ["R"] = "responder",
        ["r"] = "responder-2",
        ["O"] = "owner",
        ["d"] = "deputy",
        ["o"] = "owner-2",
        ["P"] = "privacy",
        ["C"] = "counsel",
        ["X"] = "executive",
        ["A"] = "administrator",
        ["U"] = "auditor",
        ["D"] = "data-protection",
        ["W"] = "works-council",
    };
}
