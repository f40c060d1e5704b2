/** Orders, a few of which have something wrong with them: a day that is none, a number in letters, a cell too many. */
const rows = `Order,Customer,Email,Country,Ordered on,Quantity,Price,Paid
S-1001,Ada Lovelace,ada@example.com,United Kingdom,2026-01-05,2,19.90,true
S-1002,Blaise Pascal,blaise@example.com,France,2026-01-05,1,149.00,true
S-1003,Carl Gauß,carl@example.com,Germany,2026-01-06,12,4.50,false
S-1004,Dorothy Vaughan,dorothy@example.com,United States,2026-01-07,3,19.90,true
S-1005,Emmy Noether,emmy@example.com,Germany,2026-01-09,1,89.00,true
S-1006,Fibonacci,fibonacci@example.com,Italy,2026-01-09,8,2.25,true
S-1007,Grace Hopper,grace@example.com,United States,2026-01-12,5,19.90,false
S-1008,"Hamilton, Margaret",margaret@example.com,United States,2026-01-13,1,149.00,true
S-1009,Ibn al-Haytham,ibn@example.com,Iraq,2026-01-14,2,89.00,true
S-1010,Joan Clarke,joan@example.com,United Kingdom,2026-01-14,4,4.50,true
S-1011,Katherine Johnson,katherine@example.com,United States,2026-01-15,6,19.90,true
S-1012,Leonhard Euler,leonhard@example.com,Switzerland,2026-02-30,1,149.00,false
S-1013,Mary Somerville,mary@example.com,United Kingdom,2026-01-19,2,4.50,true
S-1014,Niels Abel,niels@example.com,Norway,2026-01-20,1,19.90,true
S-1015,Omar Khayyam,omar@example.com,Iran,2026-01-21,twelve,2.25,true
S-1016,Pierre de Fermat,pierre@example.com,France,2026-01-22,3,89.00,false
S-1017,Qin Jiushao,qin@example.com,China,2026-01-23,2,19.90,true
S-1018,Rózsa Péter,rozsa@example.com,Hungary,2026-01-26,10,4.50,true
S-1019,Sophie Germain,sophie@example.com,France,2026-01-27,1,149.00,true
S-1020,Srinivasa Ramanujan,srinivasa@example.com,India,2026-01-28,7,19.90,true
S-1021,Tycho Brahe,tycho@example.com,Denmark,2026-01-29,2,1250.00,true,gift
S-1022,Ursula Martin,ursula@example.com,United Kingdom,2026-01-30,1,89.00,true
S-1023,Vera Rubin,vera@example.com,United States,2026-01-30,4,2.25,false
S-1024,Wang Zhenyi,wang@example.com,China,2026-02-02,3,19.90,true
S-1025,Yutaka Taniyama,yutaka@example.com,Japan,2026-02-03,2,89.00,true
`;

/** A file for whoever wants to see first what Sluice does. */
export const sampleFile = () => new File([rows], 'Sample orders.csv', { type: 'text/csv' });
